"""What became of the long incident, read from outside: the bot's file and the chats.

Two performances have the same history if everything is equal but the seconds that a restart costs:
phase, paging, owner, every step with its answers, votes and posts, the timeline in order,
timers, holds, evidence, snapshots, forms, what was said in public, and the journal of the incident.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.incident_town import TEAM, Town
from bot.sandbox import Message

_WHERE = re.compile(r"( oleh \w+)?\.( https.*)?$|\d+ (?=komentar warga)")
"""Who posted it, where, how many were answered when the step ended: an unsure one is settled later."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")
_ASKED_ABOUT = "post_uncertain"
_UNSURE = frozenset({"uncertain", "resend", "mark_sent", "settle_post"})
_TABLES: Mapping[str, str] = {
    "timer": "SELECT subject, step, attempt, epoch, kind, done FROM timer WHERE subject LIKE 'run:%'"
    " ORDER BY id",
    "hold": "SELECT run, step, scope FROM hold ORDER BY 1, 2",
    "evidence": "SELECT run, comment, sha256 FROM evidence ORDER BY 1, 2",
    "snapshot": "SELECT run, step, attempt, comment, sha256 FROM snapshot ORDER BY 1, 2, 3, 4",
    "form": "SELECT run, step, attempt, person, answers FROM form ORDER BY 1, 2, 3, 4",
    "said": "SELECT run, step, attempt, channel, text, authors, approvers, answered FROM said"
    " ORDER BY 1, 2, 3, 4",
    "comment": "SELECT id, message, case_id FROM comment WHERE revision = 0 ORDER BY id",
    "case": "SELECT id, status, comments FROM case_ ORDER BY id",
}
_LEFT = (
    "SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + (SELECT count(*) FROM outbox"
    " WHERE state IN ('queued', 'sending', 'uncertain', 'failed'))"
)


@dataclass(frozen=True, slots=True)
class History:
    """`facts` and `public` must be what they are in a clean run; of `pages` nobody may have got fewer."""

    facts: Mapping[str, Any]
    pages: Counter[str]
    team: Mapping[str, frozenset[str]]
    public: Counter[str]
    left: int
    asked: int
    messages: int
    """Of the bot, in the team's chats."""

    def more_than(self, clean: "History") -> int:
        """How many team messages came again: pages, questions, cards."""
        return max(0, self.messages - clean.messages)

    def differences(self, clean: "History") -> list[str]:
        """What a person would call wrong, compared with a run in which nothing died."""
        here, there = (_without_asking(one.facts) if self.asked else one.facts for one in (self, clean))
        wrong = [
            f"{name}: {_first_difference(here[name], there[name])}"
            for name in there
            if here[name] != there[name]
        ]
        wrong += [f"lost page of {who}" for who in (clean.pages - self.pages)]
        wrong += [f"said twice: {text}" for text in self.public - clean.public]
        wrong += [f"never said: {text}" for text in clean.public - self.public]
        wrong += [
            f"{who} lacks {text!r}"
            for who, texts in clean.team.items()
            for text in sorted(texts - self.team[who])
        ]
        return wrong + ([f"{self.left} rows are left"] if self.left > clean.left else [])


def _first_difference(found: Any, wanted: Any) -> str:
    if isinstance(found, list) and isinstance(wanted, list):
        pairs = ((a, b) for a, b in zip(found, wanted, strict=False) if a != b)
        first = next(pairs, (found[len(wanted) :][:1], wanted[len(found) :][:1]))
        return f"{first[0]} instead of {first[1]} ({len(found)} and {len(wanted)})"
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
        return "; ".join(f"{k}: {_first_difference(found.get(k), wanted.get(k))}" for k in keys)
    return f"{found} instead of {wanted}"


def history(town: Town) -> History:
    """Of the performance that has just ended; the bot is idle or down."""
    db = sqlite3.connect(f"file:{town.database}?mode=ro", uri=True)
    facts: dict[str, Any] = {name: db.execute(sql).fetchall() for name, sql in _TABLES.items()}
    facts["runs"] = [_plain(json.loads(text)) for (text,) in db.execute("SELECT state FROM run ORDER BY id")]
    told = db.execute("SELECT what, params FROM timeline ORDER BY id").fetchall()
    facts["timeline"] = [_told(row) for row in told if row[0] != _ASKED_ABOUT]
    journal = db.execute("SELECT actor, action, subject FROM journal ORDER BY seq").fetchall()
    facts["journal"] = [row for row in journal if row[2].startswith("run:") and row[1] not in _UNSURE]
    (left,) = db.execute(_LEFT).fetchone()
    asked = sum(row[0] == _ASKED_ABOUT for row in told)
    db.close()
    team = {key: town.seen(town.user(key)) for key in TEAM} | {
        "the crisis chat": town.seen(town.crisis),
        "the team's chat": town.seen(town.triage),
    }
    pages = Counter({key: sum(_is_page(m) for m in team[key]) for key in TEAM})
    public = Counter(m.text for m in town.posts())
    public.update(f"under {m.reply_to}: {m.text}" for m in town.seen(town.discussion))
    said = {who: frozenset(_head(m) for m in messages) for who, messages in team.items()}
    return History(facts, pages, said, public, left, asked, sum(map(len, team.values())))


def _without_asking(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where a person was asked about an unsure post, who said that it stands there differs, and that it was
    asked; what was published where, and everything else, does not.
    """
    told = [row for row in facts["timeline"] if row[0] not in {"asked", "published", "replied"}]
    published = sorted(row[1] for row in facts["timeline"] if row[0] == "published")
    journal = [row for row in facts["journal"] if row[1] not in {"run_submit", "run_PostSettled"}]
    said = [row[:-1] for row in facts["said"]]
    runs = [{**run, "steps": [_without_asked(step) for step in run["steps"]]} for run in facts["runs"]]
    return {**facts, "runs": runs, "timeline": told, "journal": journal, "published": published, "said": said}


def _without_asked(step: dict[str, Any]) -> dict[str, Any]:
    """Whoever was asked about a post of this step stands in it."""
    return {**step, "asked": []} if step.get("posts") else step


def _plain(value: Any) -> Any:
    """A run's state without what a person's answer about an unsure post adds to it."""
    if isinstance(value, dict):
        if {"channel", "state", "at"} <= value.keys():
            return {"channel": value["channel"], "state": value["state"]}
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value[:16]
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _told(row: tuple[str, str]) -> tuple[str, str]:
    what, params = row
    named = json.loads(params)
    if what == "published":
        named = {"step": named.get("step"), "channel": named.get("channel")}
    named.pop("seconds", None)
    return what, json.dumps(named, sort_keys=True)


def _is_page(message: Message) -> bool:
    return "Dibuka 21.30" in message.text


def _head(message: Message) -> str:
    """What a message is about: its first line, without the mark of one that was sent again."""
    lines = [line for line in message.text.splitlines() if line and "Kiriman ulang" not in line]
    return _WHERE.sub("", lines[0]) if lines else ""
