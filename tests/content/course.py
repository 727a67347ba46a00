"""A shipped playbook from its opening to its end: the real reducer, the shipped words, a fake clock."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.domain.comment import CommentId
from bot.domain.incident import Incident, RunId
from bot.domain.letters import authors_of, letters_of, versions_of
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.roster import Reach, Roster
from bot.domain.run import reduce
from bot.domain.run_effects import Announce, AskLease, CancelTimers, Effect, Refusal, SetTimer, TimelineEntry
from bot.domain.run_events import (
    Acknowledged,
    Answered,
    Composed,
    Edited,
    Event,
    ItemTicked,
    Opened,
    PostSettled,
    Resolved,
    StillHandling,
    TimerFired,
    Voted,
)
from bot.domain.run_types import RunState, Timer, prepare
from bot.domain.step_effects import PublishPost, ReplyTo, ShowStep, Write
from bot.domain.step_run import Letter, PostState, StepRun, Verdict
from bot.domain.steps import Answer, Cadence, Compose
from bot.domain.target import Target, parse_target
from bot.domain.template import Template, render
from bot.files.fields import duration
from bot.files.known import Known
from bot.files.playbooks import read_playbooks
from bot.files.replies import read_templates
from bot.files.topics import topic_keys

CONTENT = Path(__file__).parents[2] / "playbooks"
STAGE = json.loads((CONTENT / "demo" / "stage.json").read_text("utf-8"))
TOPICS = topic_keys(CONTENT / "topics.yaml")
TEMPLATES, TEMPLATE_FAULTS = read_templates([CONTENT / "replies"], Known(topics=TOPICS, judged=False))
WORDS: dict[str, Template] = {template.id: template for template in TEMPLATES}
# Names that exist are those of the demo's own cast.
KNOWN = Known(
    people={person["id"]: frozenset(person["roles"]) for person in STAGE["team"]},
    groups=frozenset(STAGE["groups"]),
    units=frozenset(unit["id"] for unit in STAGE["units"]),
    rotas=frozenset(STAGE["oncall"]),
    topics=TOPICS,
    templates=WORDS,
)
LOADED, FAULTS = read_playbooks([CONTENT], KNOWN)
BY_ID: dict[str, Playbook] = {playbook.id: playbook for playbook in LOADED}
DRILLS: list[dict[str, Any]] = [
    yaml.safe_load(path.read_text("utf-8")) for path in sorted((CONTENT / "drills").glob("*.yaml"))
]
START = datetime(2027, 1, 13, 15, 5, tzinfo=UTC)
OWN = "telegram-channel"
RECIPIENTS = tuple(CommentId(n) for n in range(1, 9))
PRESSES = {"approve": Verdict.APPROVE, "return": Verdict.RETURN, "reject": Verdict.REJECT}


def behind(target: Target) -> tuple[PersonId, ...]:
    """Who of the cast stands behind a target."""
    kind, _, name = str(target).partition(":")
    found = {
        "role": [person["id"] for person in STAGE["team"] if name in person["roles"]],
        "group": STAGE["groups"].get(name, []),
        "unit": [unit["person"] for unit in STAGE["units"] if unit["id"] == name],
        "oncall": [STAGE["oncall"][name]] if name in STAGE["oncall"] else [],
    }
    return tuple(PersonId(person) for person in found[kind])


@dataclass(frozen=True)
class Said:
    """Words that would stand in public, with those who let them out."""

    after: timedelta
    step: str
    channel: str
    letter: Letter
    approved_by: frozenset[str]


@dataclass
class Course:
    """One run of one playbook."""

    playbook: Playbook
    now: datetime = START
    timers: list[Timer] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    story: list[tuple[timedelta, str, str]] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)

    def __post_init__(self) -> None:
        incident = Incident(RunId(1), f"{self.playbook.id}/uji", START, "rehearsal")
        self.state: RunState = prepare(incident, self.playbook)

    @property
    def roster(self) -> Roster:
        people = {t: tuple(map(Reach, behind(t))) for t in self.playbook.targets()}
        counted = [s.condition for s in self.playbook.steps] + [self.playbook.resolve.when]
        facts = {name: 0 for text in counted if text is not None for name in text.counts}
        everybody = frozenset(PersonId(person["id"]) for person in STAGE["team"])
        return Roster(people, everybody, working=True, facts=facts, channels=frozenset({OWN}))

    def happen(self, event: Event) -> None:
        decision = reduce(self.state, event, self.now)
        self.state = decision.state
        if decision.refusal is not None and not isinstance(event, TimerFired):
            self.refused.append((type(event).__name__, decision.refusal))
        for one in [event for effect in decision.effects for event in self.follow(effect)]:
            self.happen(one)

    def follow(self, effect: Effect) -> list[Event]:
        """What the machine or somebody at their desk does at once."""
        match effect:
            case SetTimer(timer):
                self.timers.append(timer)
            case CancelTimers(epoch, steps):
                self.timers = [t for t in self.timers if not (t.epoch <= epoch if t.kind.of_epoch else steps)]
            case Announce(kind, params) | TimelineEntry(kind, params):
                self.story.append((self.now - START, str(kind), dict(params).get("step", "")))
            case Write(step, attempt):
                return [Composed(self.roster, step, attempt, self.letter(step))]
            case PublishPost(step, attempt, channel):
                return [self.sent(step, attempt, channel)]
            case ReplyTo(step, attempt, comments):
                return [self.sent(step, attempt, str(one)) for one in comments]
            case _:
                return self.at_the_desk(effect)
        return []

    def at_the_desk(self, effect: Effect) -> list[Event]:
        """Whoever has the run is still there, and somebody says each hour that there is nothing new."""
        if isinstance(effect, AskLease) and self.state.owner is not None:
            return [StillHandling(self.roster, self.state.owner, self.state.epoch)]
        if isinstance(effect, ShowStep) and self.is_cadence(effect.step):
            nothing = (("kabar", "belum ada yang baru"),)
            return [Answered(self.roster, effect.step, effect.attempt, effect.people[0], nothing)]
        return []

    def is_cadence(self, step_id: str) -> bool:
        step = self.playbook.step(step_id)
        return step is not None and isinstance(step.uses, Cadence)

    def run(self, step: str) -> StepRun:
        found = self.state.step_run(step)
        assert found is not None, step
        return found

    def letter(self, step_id: str) -> Letter:
        """The shipped words with what has been answered so far; whoever answered is an author."""
        step = self.playbook.step(step_id)
        assert step is not None
        assert isinstance(step.uses, Compose | Answer)
        template = WORDS[step.uses.template]
        values, authors = {}, []
        for slot, source in step.uses.slots.items():
            _, asked, name = source.split(".")
            values[slot] = self.run(asked).answer(name) or ""
            authors += [by for by in (self.run(asked).by,) if by is not None and values[slot]]
        text = render(template, values, ("go.id",))
        to = RECIPIENTS if isinstance(step.uses, Answer) else ()
        return Letter(text, template.id, template.version, tuple(dict.fromkeys(authors)), recipients=to)

    def sent(self, step_id: str, attempt: int, channel: str) -> Event:
        self.said.append(self.words(step_id, channel))
        return PostSettled(self.roster, step_id, attempt, channel, PostState.SENT)

    def words(self, step_id: str, channel: str) -> Said:
        letter = self.run(step_id).letter
        assert letter is not None
        votes = [v for run in self.state.steps for v in run.votes if v.verdict is Verdict.APPROVE]
        by = frozenset(str(v.person) for v in votes if letter_named(self.state, v.versions, letter))
        return Said(self.now - START, step_id, channel, letter, by)

    def act(self, row: dict[str, Any]) -> None:
        """One line of the scenario's script."""
        person, do = self.person(row), row["do"]
        if do == "acknowledge":
            self.happen(Acknowledged(self.roster, person, self.state.epoch))
        elif do == "resolve":
            self.happen(Resolved(self.roster, person, row.get("text", "")))
        elif do == "tick":
            for item in row["items"]:
                self.happen(ItemTicked(self.roster, row["step"], item, person))
        else:
            self.happen(self.about_words(row, person))

    def about_words(self, row: dict[str, Any], person: PersonId) -> Event:
        step, attempt, text = row["step"], self.run(row["step"]).attempt, row.get("text", "")
        if row["do"] == "answer":
            choice = {"choice": row["choice"]} if "choice" in row else {}
            given = tuple({**choice, **row.get("fields", {})}.items())
            return Answered(self.roster, step, attempt, person, given)
        if row["do"] == "edit":
            letter = self.run(step).letter
            return Edited(self.roster, step, attempt, person, letter.version if letter else 0, text)
        if row["do"] == "posted":
            self.said.append(self.words(step, row["channel"]))
            link = "https://contoh.go.id/1"
            return PostSettled(self.roster, step, attempt, row["channel"], PostState.SENT, link, person)
        seen = versions_of(letters_of(self.state, self.approval(step)))
        return Voted(self.roster, step, attempt, person, PRESSES[row["do"]], seen, text)

    def approval(self, step: str) -> Any:
        found = self.playbook.step(step)
        assert found is not None
        return found

    def person(self, row: dict[str, Any]) -> PersonId:
        """Who does it: the owner, or the first behind the target whose own words these are not."""
        if row["by"] == "acker":
            assert self.state.owner is not None
            return self.state.owner
        own: frozenset[str] = frozenset()
        if row["do"] in PRESSES:
            own = authors_of(letters_of(self.state, self.approval(row["step"])))
        return next(one for one in behind(parse_target(row["by"])) if one not in own)

    def play(self, drill: dict[str, Any] | None, lasts: timedelta) -> "Course":
        """From the opening on, with the people of the script, or with nobody."""
        self.happen(Opened(self.roster))
        acts = [(START + duration(row["at"]), row) for row in (drill or {}).get("acts", [])]
        end = START + lasts
        while True:
            due = min((timer.due_at for timer in self.timers), default=end)
            at = min(due, acts[0][0] if acts else end)
            if at >= end:
                return self
            self.now = at
            if acts and acts[0][0] == at:
                self.act(acts.pop(0)[1])
            else:
                timer = min(self.timers, key=lambda t: t.due_at)
                self.timers.remove(timer)
                self.happen(TimerFired(self.roster, timer))


def letter_named(state: RunState, versions: str, letter: Letter) -> bool:
    """Whether a vote was for these very words: the draft or reply whose text it is, in this version."""
    named = dict(part.rsplit(":", 1) for part in versions.split(",") if part)
    return any(
        run.letter is not None
        and run.letter.text == letter.text
        and named.get(run.step) == str(letter.version)
        for run in state.steps
    )
