"""A person's act as it reached us: who, on what, seeing which version, caused by which update."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Tap:
    """`target` is the id that the button carried (a case, a draft, a run), `seen` its version or epoch.

    `cause` names the update, so that the same press delivered twice acts once.
    """

    person: Person
    target: int
    seen: int
    cause: str
    at: datetime
    paged: bool = False
