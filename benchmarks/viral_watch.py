"""Looks at the team's group and the phones while a viral day passes, and at the database when it is over."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.town import Town
from benchmarks.viral_crowd import Kind, Said
from bot.sandbox import Message

_BOARD, _DIGEST, _CARD, _PAGE = "Papan tim", "Rangkuman kasus baru", "Ambil", "Saya tangani"
_LIFE = "Keselamatan jiwa"
"""The playbook about the one in despair; pages of other crises come in between."""
_A_MINUTE_S = 60.0


@dataclass(slots=True)
class Watch:
    """Times are of the machine's steady clock. Comments are named by their message in the discussion."""

    town: Town
    written: dict[int, float] = field(default_factory=dict)
    kinds: dict[int, Kind] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    """When Telegram handed the comment to the bot."""
    linked: dict[str, float] = field(default_factory=dict)
    """When the board first led to a case, by its "#12"."""
    sent: list[float] = field(default_factory=list)
    """New messages in the team's group."""
    edits: list[float] = field(default_factory=list)
    cards: set[int] = field(default_factory=set)
    pages: list[float] = field(default_factory=list)
    """About the one in despair."""
    most_reading: str = ""
    """The line of the board about comments that are still to be read, when it was longest."""

    def write(self, said: Said) -> int:
        """A comment by somebody who has not written before."""
        town, number = self.town, len(self.written)
        post = town.posts[number % len(town.posts)]
        message = town.sandbox.world.comment(post, town.citizens[number], said.text)
        self.written[message.message_id] = time.perf_counter()
        self.kinds[message.message_id] = said.kind
        return message.message_id

    def notice(self, change: dict[str, object]) -> None:
        """Listens to the sandbox."""
        message, now = change.get("message"), time.perf_counter()
        if not isinstance(message, Message) or message.sender_id != self.town.sandbox.world.bot.id:
            return
        buttons = [button["text"] for button in message.buttons]
        if message.chat_id == self.town.triage.id:
            (self.sent if change["kind"] == "message" else self.edits).append(now)
            if any(_CARD in text for text in buttons):
                self.cards.add(message.message_id)
            if message.text.startswith("📋 " + _BOARD):
                self._read_board(message, now)
        elif _LIFE in message.text and any(_PAGE in text for text in buttons) and change["kind"] == "message":
            self.pages.append(now)

    def _read_board(self, message: Message, now: float) -> None:
        raw = message.text.encode("utf-16-le")
        for one in message.raw.get("entities", ()):
            if one["type"] == "text_link":
                words = raw[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le")
                self.linked.setdefault(words.rstrip("*"), now)
        reading = next((line for line in message.text.splitlines() if "masih dibaca" in line), "")
        self.most_reading = max(self.most_reading, reading, key=len)

    def busiest_minute(self) -> int:
        """The most messages that the group got in any sixty seconds."""
        return max(
            (sum(begin <= at < begin + _A_MINUTE_S for at in self.sent) for begin in self.sent), default=0
        )

    def first_page_after(self, moment: float) -> float:
        return min((at for at in self.pages if at >= moment), default=float("inf"))

    def longest_silence(self) -> float:
        """Seconds between two changes in the team's group."""
        changes = sorted([*self.sent, *self.edits])
        return max((later - sooner for sooner, later in pairwise(changes)), default=0.0)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says when all is over."""

    comments: dict[int, int]
    """The case of each comment."""
    emergencies: frozenset[int]
    """Comments whose case the classifier made an emergency."""
    dead: int
    waiting: int
    in_digest: int
    went_out: dict[str, int]
    """How often each kind was sent or edited."""


def taken_in(town: Town) -> tuple[int, int]:
    """How many comments are in cases, and how many updates wait in the inbox."""
    with closing(sqlite3.connect(town.database)) as database:
        comments = database.execute("SELECT count(*) FROM comment").fetchone()[0]
        waiting = database.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0]
    return int(comments), int(waiting)


def kept(town: Town) -> Kept:
    with closing(sqlite3.connect(town.database)) as database:
        rows = database.execute(
            "SELECT comment.message, comment.case_id, case_.urgency = 0 AND EXISTS (SELECT 1 FROM json_each("
            "case_.labels) WHERE value = 'emergency') FROM comment JOIN case_ ON case_.id = comment.case_id"
        ).fetchall()
        states = dict(database.execute("SELECT state, count(*) FROM inbox GROUP BY state"))
        went_out = dict(
            database.execute(
                "SELECT kind || ' in lane ' || lane, count(*) FROM outbox WHERE state = 'sent' GROUP BY 1"
            )
        )
        digest = database.execute("SELECT count(*) FROM case_ WHERE waits").fetchone()[0]
    return Kept(
        {int(message): int(case) for message, case, _ in rows},
        frozenset(int(message) for message, _, urgent in rows if urgent),
        dead=int(states.get("dead", 0)),
        waiting=int(states.get("new", 0)),
        in_digest=int(digest),
        went_out=went_out,
    )
