"""`tanggap demo`: the real bot against the sandbox, with a lively day. No token, no network."""

from bot.demo.play import DemoOptions, play

__all__ = ["DemoOptions", "play"]
