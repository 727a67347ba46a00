"""How a person is reached outside Telegram."""

from dataclasses import dataclass
from enum import StrEnum


class ContactKind(StrEnum):
    """Other ways to reach a person when Telegram fails. The Telegram id is bound by enrolment, never here."""

    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
    NTFY = "ntfy"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a person outside Telegram."""

    kind: ContactKind
    value: str
