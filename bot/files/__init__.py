"""Everything read from YAML: one strict loader, and every fault at once, in Indonesian, at its place."""

from bot.files.config import load_settings
from bot.files.fault import Fault, FilesFaulty
from bot.files.load import load_playbooks, load_templates
from bot.files.settings import Settings
from bot.files.topics import load_topics

__all__ = [
    "Fault",
    "FilesFaulty",
    "Settings",
    "load_playbooks",
    "load_settings",
    "load_templates",
    "load_topics",
]
