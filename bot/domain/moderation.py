"""The house rules of a discussion: which ground reaches which rung of the ladder, and what is protected.

Criticism is protected: what is labelled a complaint is never taken away for its tone. Who speaks for the
agency, and who cannot be told from it, is never touched.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from classifiers.labels import Label

DAYS = (1, 7, 30)
"""For how long somebody may be kept from writing."""


class Remedy(StrEnum):
    """The ladder, from the mildest rung up."""

    HIDE = "hide"
    """On the team's cards only: Telegram itself cannot hide a message."""
    WARN = "warn"
    """A reply under the comment."""
    MOVE = "move"
    """An invitation to write privately, then the comment is deleted: for personal data."""
    DELETE = "delete"
    RESTRICT = "restrict"
    """May read and not write, for some days."""
    BAN = "ban"


class Ground(StrEnum):
    """What a house rule is about. The agency words the rules, the grounds decide what is protected."""

    ABUSE = "abuse"
    HATE = "hate"
    THREAT = "threat"
    FRAUD = "fraud"
    SPAM = "spam"
    INDECENT = "indecent"
    PERSONAL_DATA = "personal_data"


SILENCING = frozenset({Remedy.MOVE, Remedy.DELETE, Remedy.RESTRICT, Remedy.BAN})
"""Takes words or a voice away in public."""
REVERSIBLE = frozenset({Remedy.HIDE, Remedy.WARN, Remedy.RESTRICT, Remedy.BAN})
"""A deleted message cannot come back."""
_AGAINST_PERSONS = frozenset({Remedy.RESTRICT})
"""A channel that comments can be shut out, and nothing milder."""
_OF_CRITICISM: Mapping[Ground, frozenset[Remedy]] = {
    Ground.ABUSE: frozenset({Remedy.WARN}),
    Ground.PERSONAL_DATA: frozenset({Remedy.HIDE, Remedy.WARN, Remedy.MOVE, Remedy.DELETE}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A house rule, as the agency publishes it."""

    id: str
    name: str
    ground: Ground
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What decides, at this moment, what may be done to a comment: read anew before every step.

    `protected`: it is, or may be, a complaint. `person`: a person wrote it, not a channel.
    `untouchable`: why nothing at all is done to it (see `untouchable`), or "".
    """

    protected: bool = False
    person: bool = True
    untouchable: str = ""


def is_protected(labels: frozenset[str]) -> bool:
    """Criticism. `labels`: certain or not, of any revision or of the case, by the classifier or a person."""
    return Label.COMPLAINT in labels


def open_to(ground: Ground, bearing: Bearing) -> frozenset[Remedy]:
    """The rungs that this ground reaches."""
    if bearing.untouchable:
        return frozenset()
    found = frozenset(Remedy) if ground is Ground.PERSONAL_DATA else frozenset(Remedy) - {Remedy.MOVE}
    if bearing.protected:
        found &= _OF_CRITICISM.get(ground, found)
    return found if bearing.person else found - _AGAINST_PERSONS


@dataclass(frozen=True, slots=True)
class Ours:
    """Who speaks for the agency: `chats` its channels and groups, `team` the accounts of its people."""

    chats: frozenset[int] = frozenset()
    team: frozenset[int] = frozenset()


_OF_TELEGRAM = {777000: "telegram", 1087968824: "anonymous", 136817688: "channel_bot"}
"""Senders that are no people: Telegram itself, an anonymous administrator, whoever hides behind a channel."""


def untouchable(author: str, ours: Ours) -> str:
    """Why its writer is never touched: ours, telegram, anonymous, channel_bot, team, unknown; else ""."""
    kind, _, number = author.partition(":")
    if kind not in {"tg", "chat"} or not number.lstrip("-").isdigit():
        return "unknown"
    account = int(number)
    if kind == "chat":
        return "ours" if account in ours.chats else ""
    return _OF_TELEGRAM.get(account) or ("team" if account in ours.team else "")


def is_person(author: str) -> bool:
    """A channel that comments can be answered, deleted, shut out, but not kept from writing for days."""
    return author.startswith("tg:")


def labels_of(*verdicts: Collection[str]) -> frozenset[str]:
    """All labels that anybody or anything ever gave, certain or not."""
    return frozenset(label for labels in verdicts for label in labels)
