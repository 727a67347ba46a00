"""Conditions of playbooks (`if`, `resolve.when`, `wait.until`): dotted names, comparisons, and/or/not, a
short list of functions. Parsed once when the file is read; never `eval`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition as it was written. Built by `parse` only, so that one that exists is well formed."""

    text: str

    def __str__(self) -> str:
        return self.text
