"""Short names in buttons."""

from typing import NewType

Short = NewType("Short", str)
"""Eight hex digits that name a template, a playbook, a person or a fingerprint."""
