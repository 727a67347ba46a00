"""Who did what to what, when and why: the audit chain.

hash = sha256(previous hash || canonical JSON of the entry), so nobody can change or drop
an entry unseen. Personal data stays out: subjects are ids, citizens are keyed pseudonyms.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `actor` is a person id, or "bot"; `subject` reads like `case:12`, `draft:7`, `run:3`."""

    at: datetime
    actor: str
    action: str
    subject: str
    cause: str = ""
    """The update, timer or command that led to it."""
    detail: Mapping[str, object] = field(default_factory=dict)

    def canonical(self) -> str:
        fields = [int(self.at.timestamp()), self.actor, self.action, self.subject, self.cause, self.detail]
        return json.dumps(fields, ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=str)


def link(previous: str, canonical: str) -> str:
    return hashlib.sha256((previous + canonical).encode()).hexdigest()


def first_break(chain: Iterable[tuple[int, str, str]], previous: str = GENESIS) -> int | None:
    """The number of the first line of (seq, canonical, hash) that does not fit; None when all hold.

    `previous`: the hash of the line before the first of them.
    """
    for seq, canonical, stored in chain:
        if link(previous, canonical) != stored:
            return seq
        previous = stored
    return None
