"""The reckoning after the kills: the bot's database, read from outside, held against the chats."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.town import Town

_CARD = re.compile(r"\S+ #(\d+)\b")
"""How the card of a case begins: its mark, then its number."""

_ONCE = ("take", "submit", "approve", "post")
"""What happens once in the life of a case or draft here: nobody releases, returns or takes back anything."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the bot's database while it runs; cheap enough to ask often."""

    comments: int
    inbox_waiting: int
    inbox_dead: int
    unsent: int
    uncertain: int


def counts(database: Path) -> Counts:
    """Zeros while there is no database yet."""
    if not database.exists():
        return Counts(0, 0, 0, 0, 0)
    with _open(database) as db:
        (row,) = db.execute(
            "SELECT (SELECT count(*) FROM comment),"
            " (SELECT count(*) FROM inbox WHERE state = 'new'),"
            " (SELECT count(*) FROM inbox WHERE state = 'dead'),"
            " (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')),"
            " (SELECT count(*) FROM outbox WHERE state = 'uncertain')"
        ).fetchall()
    db.close()
    return Counts(*row)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Every field but the first block must be 0 (`faults` names those that are not)."""

    comments: int
    cases: int
    in_digest: int
    approved: int
    posted: int
    marked_sent: int
    repeated_team_cards: int
    repeated: tuple[str, ...]
    """The journal's lines behind `states_twice`."""

    lost: int
    doubled_rows: int
    wrong_case_counts: int
    read_twice: int
    cases_without_card: int
    states_twice: int
    public_twice: int
    public_unapproved: int
    posted_but_absent: int
    approved_and_forgotten: int
    unanswered: int
    dead_letters: int
    unsettled: int

    @property
    def faults(self) -> dict[str, int]:
        names = list(self.__slots__)
        watched = names[names.index("lost") :]
        return {name: getattr(self, name) for name in watched if getattr(self, name)}


def reckon(town: Town, written: Iterable[int], *, all_answered: bool) -> Reckoning:
    """Compares what citizens wrote (`written`: the message ids of their comments) with what became of it.

    `all_answered`: whether every case was to be answered in the end.
    """
    wanted = set(written)
    with _open(town.database) as db:
        kept = Counter(int(m) for (m,) in db.execute("SELECT message FROM comment WHERE revision = 0"))
        received = Counter(s for (s,) in db.execute(_RECEIVED))
        once = Counter(db.execute("SELECT action, subject FROM journal WHERE action IN (?, ?, ?, ?)", _ONCE))
        causes = Counter(db.execute(_CAUSES))
        drafts = dict(db.execute("SELECT id, state FROM draft WHERE approved_as IS NOT NULL"))
        answered = {int(m): d for m, d in db.execute(_ANSWERED)}
        by_hand = {d for (d,) in db.execute(_BY_HAND)}
        cases, waiting = db.execute("SELECT count(*), coalesce(sum(waits), 0) FROM case_").fetchone()
        (wrong,) = db.execute(_WRONG_COUNTS).fetchone()
        (no_card,) = db.execute(_NO_CARD).fetchone()
        (dead,) = db.execute("SELECT count(*) FROM inbox WHERE state = 'dead'").fetchone()
        (unsettled,) = db.execute(_UNSETTLED).fetchone()
        (unanswered,) = db.execute("SELECT count(*) FROM case_ WHERE status <> 'answered'").fetchone()
    db.close()
    replies = _replies(town)
    repeated = Counter({key: n for counted in (once, causes) for key, n in counted.items() if n > 1})
    posted = {draft for draft, state in drafts.items() if state == "posted"}
    return Reckoning(
        comments=len(wanted),
        cases=cases,
        in_digest=waiting,
        approved=len(drafts),
        posted=len(posted),
        marked_sent=len(by_hand),
        repeated_team_cards=_repeated_cards(town),
        lost=len(wanted - kept.keys()),
        doubled_rows=sum(n - 1 for n in kept.values()),
        wrong_case_counts=wrong,
        read_twice=sum(n - 1 for n in received.values()),
        cases_without_card=no_card,
        repeated=tuple(" ".join(key) for key in repeated),
        states_twice=sum(n - 1 for n in repeated.values()),
        public_twice=sum(n - 1 for n in replies.values()),
        public_unapproved=len(replies.keys() - answered.keys()),
        posted_but_absent=sum(answered[m] in posted and not replies[m] for m in answered),
        approved_and_forgotten=len(drafts) - len(posted),
        unanswered=unanswered if all_answered else 0,
        dead_letters=dead,
        unsettled=unsettled,
    )


def _open(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def _replies(town: Town) -> Counter[int]:
    """How many messages of the bot stand under each comment."""
    world = town.sandbox.world
    ours = (m for m in world.messages(town.discussion.id) if m.sender_id == world.bot.id)
    return Counter(m.reply_to or 0 for m in ours)


def _repeated_cards(town: Town) -> int:
    """Cards of one case that stand in the team's group more than once: a kill between sending and COMMIT."""
    world = town.sandbox.world
    ours = (m.text for m in world.messages(town.triage.id) if m.sender_id == world.bot.id)
    cases = Counter(found.group(1) for text in ours if (found := _CARD.match(text)))
    return sum(n - 1 for n in cases.values())


_RECEIVED = "SELECT json_extract(canonical, '$[5].comment') FROM journal WHERE action = 'receive'"
_CAUSES = (
    # A reply that a person sent again may become uncertain again: that is another event of the same row.
    "SELECT cause, action, subject FROM journal AS line WHERE cause <> ''"
    " AND NOT (action = 'uncertain' AND seq > ("
    "SELECT coalesce(min(seq), 9e18) FROM journal WHERE action = 'resend' AND subject = line.subject))"
)
_ANSWERED = (
    "SELECT comment.message, draft.id FROM draft JOIN comment ON comment.id = draft.comment_id"
    " WHERE draft.approved_as IS NOT NULL"
)
_BY_HAND = "SELECT substr(subject, 7) FROM journal WHERE action = 'post' AND actor <> 'bot'"
_WRONG_COUNTS = (
    "SELECT count(*) FROM case_ WHERE comments <> (SELECT count(*) FROM comment WHERE case_id = case_.id)"
)
_NO_CARD = (
    "SELECT count(*) FROM case_ WHERE NOT waits"
    " AND NOT EXISTS (SELECT 1 FROM card WHERE subject = 'case:' || case_.id)"
)
"""What waits in the digest has none: a burst is more than a group's budget of cards."""
_UNSETTLED = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'new')"
    " + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'uncertain'))"
)
