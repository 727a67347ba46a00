"""A crisis with every kind of step: the world of crisis_world, in which words are composed as well."""

from dataclasses import replace
from datetime import timedelta

from crisis_world import (
    BAGUS,
    DEWI,
    KOORDINATOR,
    LADDER,
    MEDSOS,
    ON_CALL,
    PIMPINAN,
    PLAYBOOK,
    RATNA,
    SITI,
    World,
    minutes,
)

from bot.domain.comment import CommentId
from bot.domain.expression_parser import parse
from bot.domain.letters import letters_of, versions_of
from bot.domain.people import PersonId
from bot.domain.playbook import After, Playbook, Reaction, Step
from bot.domain.roster import Reach, Roster
from bot.domain.run_effects import Decision, Effect, Refusal, Why
from bot.domain.run_events import Acknowledged, Answered, Composed, Edited, Event, PostSettled, Voted
from bot.domain.step_effects import PublishPost, ReplyTo, Write
from bot.domain.step_run import Letter, PostState, StepRun, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Field,
    Freeze,
    Item,
    Publish,
    Request,
    Scope,
    Snapshot,
)
from bot.domain.target import ACKER, parse_target

ARI = PersonId("ari")
BPBD = parse_target("unit:bpbd")
CHANNEL, INSTAGRAM = "telegram-channel", "instagram"
COMMENTS = tuple(CommentId(n) for n in range(1, 9))

FREEZE = Step("tahan", "Tahan", Freeze(Scope.REPLIES))
KEEP = Step("bukti", "Bukti", Snapshot())
ASK = Step(
    "verifikasi",
    "Cek",
    Ask("Benar?", (("salah", "Salah"), ("belum", "Belum")), (Field("fakta"),)),
    to=(ACKER,),
    timeout=minutes(10),
    reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
)
REQUEST = Step(
    "minta-data",
    "Minta data",
    Request((Field("fakta"),)),
    to=(BPBD,),
    timeout=minutes(15),
    remind_every=minutes(5),
    condition=parse("steps.verifikasi.choice == 'belum'"),
    reactions={StepState.EXPIRED: Reaction(After.CONTINUE)},
)
DRAFT = Step(
    "sikap",
    "Pernyataan",
    Compose("hoaks/sikap", {"fakta": "steps.verifikasi.fakta"}),
    needs=("verifikasi", "minta-data"),
)
APPROVE = Step(
    "setujui",
    "Setujui",
    Approve(2, 1),
    needs=("sikap",),
    to=(KOORDINATOR,),
    timeout=minutes(10),
    remind_every=minutes(3),
    reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
)
POST = Step("tayang", "Tayangkan", Publish((CHANNEL, INSTAGRAM), pin=True), needs=("setujui",))
REPLY = Step("balas", "Balas", Answer("hoaks/balasan", max_per_minute=3), needs=("tayang",))
TASKS = Step("tugas", "Tugas", Checklist((Item("mitra", "Kabari mitra"),)))
CADENCE = Step(
    "kabar",
    "Kabar",
    Cadence(minutes(60), "Ada pembaruan?", escalate=True),
    needs=("tayang",),
    to=(KOORDINATOR,),
)
ALL = (FREEZE, KEEP, ASK, REQUEST, DRAFT, APPROVE, POST, REPLY, TASKS, CADENCE)
WHOLE = replace(PLAYBOOK, steps=ALL, ladder=replace(LADDER, repeat=0))

PEOPLE = {
    **ON_CALL,
    MEDSOS: (RATNA,),
    KOORDINATOR: (SITI, BAGUS, DEWI),
    PIMPINAN: (DEWI,),
    BPBD: (ARI,),
}


def roster(gone: frozenset[PersonId] = frozenset(), *, working: bool = False, **facts: int) -> Roster:
    """Who is where; the bot posts to one channel of the two."""
    people = {t: tuple(Reach(p, p not in gone) for p in who) for t, who in PEOPLE.items()}
    counts = {"claim.comments": 8, **facts}
    return Roster(people, frozenset({SITI}), working, counts, frozenset({CHANNEL}))


class Office(World):
    """One run whose words are composed at once, as the service does it in the same transaction."""

    def __init__(self, playbook: Playbook = WHOLE, *, drill: bool = False, unedited: bool = True) -> None:
        super().__init__(playbook, drill=drill)
        self.roster = roster()
        self.unedited = unedited
        self.authors: tuple[PersonId, ...] = ()
        self.fault = ""
        self.sent: list[Effect] = []

    def happen(self, event: Event) -> Decision:
        decision = super().happen(event)
        for effect in decision.effects:
            if isinstance(effect, PublishPost | ReplyTo):
                self.sent.append(effect)
            if isinstance(effect, Write):
                self.compose(effect)
        return decision

    def compose(self, write: Write) -> None:
        step = self.state.playbook.step(write.step)
        recipients = COMMENTS if step is not None and isinstance(step.uses, Answer) else ()
        letter = Letter(f"Teks {write.step}", "t", 1, self.authors, self.unedited, recipients=recipients)
        made = None if self.fault else letter
        self.happen(Composed(self.roster, write.step, write.attempt, made, self.fault))

    def run(self, step: str) -> StepRun:
        found = self.state.step_run(step)
        assert found is not None
        return found

    def states(self, *steps: str) -> list[str]:
        return [self.run(step).state.value for step in steps]

    def answer(self, step: str, person: PersonId = RATNA, **answers: str) -> Refusal | None:
        event = Answered(self.roster, step, self.run(step).attempt, person, tuple(answers.items()))
        return self.happen(event).refusal

    def seen(self, step: str) -> str:
        approve = self.state.playbook.step(step)
        assert approve is not None
        return versions_of(letters_of(self.state, approve))

    def vote(self, person: PersonId, verdict: Verdict = Verdict.APPROVE, note: str = "") -> Refusal | None:
        event = Voted(
            self.roster, "setujui", self.run("setujui").attempt, person, verdict, self.seen("setujui"), note
        )
        return self.happen(event).refusal

    def edit(self, person: PersonId, text: str = "Kata lain", step: str = "sikap") -> Refusal | None:
        run = self.run(step)
        version = run.letter.version if run.letter is not None else 0
        return self.happen(Edited(self.roster, step, run.attempt, person, version, text)).refusal

    def settle(
        self, channel: str, state: PostState, by: PersonId | None = None, step: str = "tayang"
    ) -> Refusal | None:
        event = PostSettled(self.roster, step, self.run(step).attempt, channel, state, by=by)
        return self.happen(event).refusal


def taken(world: Office | None = None) -> Office:
    """Opened, and in Ratna's hands."""
    world = world or Office()
    world.open()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    return world


def written(world: Office | None = None) -> Office:
    """Asked and answered: the words wait for approval."""
    world = taken(world)
    assert world.answer("verifikasi", choice="salah", fakta="Tidak benar.") is None
    return world


def on_air(world: Office | None = None) -> Office:
    """Approved, and posted on both channels."""
    world = written(world)
    assert world.vote(SITI) is None
    assert world.settle(CHANNEL, PostState.SENT) is None
    assert world.settle(INSTAGRAM, PostState.SENT, RATNA) is None
    return world


def why(refusal: Refusal | None) -> Why | None:
    return refusal.why if refusal else None


HOUR = timedelta(hours=1)
