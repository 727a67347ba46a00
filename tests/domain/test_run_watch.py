"""When a run is watched: the correct words are out, and what a later answer may bring is not waited for."""

from dataclasses import replace

from crisis_world import KOORDINATOR, RATNA, SITI, minutes
from steps_world import APPROVE, ASK, CHANNEL, DRAFT, HOUR, POST, TASKS, WHOLE, Office, roster, taken

from bot.domain.expression_parser import parse
from bot.domain.incident import Phase
from bot.domain.playbook import Resolve
from bot.domain.run_effects import ProposeResolve
from bot.domain.run_events import ItemTicked, Jumped, Skipped, Voted
from bot.domain.run_types import TimerKind, What
from bot.domain.step_run import PostState, Verdict
from bot.domain.steps import Ask, Compose, Publish
from bot.domain.target import ACKER

CORRECT = parse("steps.verifikasi.choice == 'salah'")
FIRST = replace(POST, uses=Publish((CHANNEL,), correct_when=CORRECT))
NEWS = replace(ASK, id="keadaan", uses=Ask("Apa yang baru?", (("baru", "Ada"), ("tetap", "Tidak ada"))))
NEWS = replace(NEWS, needs=("tayang",), to=(ACKER,), timeout=None, reactions={})
MORE = (
    replace(NEWS, condition=None),
    replace(
        DRAFT,
        id="lanjutan",
        uses=Compose("hoaks/lanjutan"),
        needs=("keadaan",),
        condition=parse("steps.keadaan.choice == 'baru'"),
    ),
    replace(APPROVE, id="setujui-lanjutan", needs=("lanjutan",), timeout=None, remind_every=None),
    replace(POST, id="tayang-lanjutan", uses=Publish((CHANNEL,)), needs=("setujui-lanjutan",)),
)
END = (
    replace(NEWS, id="akhir", needs=("tayang-lanjutan",)),
    replace(
        DRAFT,
        id="penutup",
        uses=Compose("hoaks/penutup"),
        needs=("akhir",),
        condition=parse("steps.akhir.choice == 'baru'"),
    ),
    replace(APPROVE, id="setujui-penutup", needs=("penutup",), timeout=None, remind_every=None),
    replace(POST, id="tayang-penutup", uses=Publish((CHANNEL,)), needs=("setujui-penutup",)),
)
CALM = Resolve(KOORDINATOR, when=parse("claim.new_comments(2h) < 3 and steps.tugas.done"))
START = (replace(ASK, timeout=None, reactions={}), replace(DRAFT, needs=("verifikasi",)), APPROVE, FIRST)
LONG = replace(WHOLE, steps=(*START, TASKS, *MORE, *END), resolve=CALM)
QUIET, LOUD = {"claim.new_comments(7200)": 1}, {"claim.new_comments(7200)": 9}


def posted(choice: str = "salah") -> Office:
    """The first words stand on the channel; the citizens are still talking."""
    world = Office(LONG)
    world.roster = roster(working=True, **LOUD)
    taken(world)
    assert world.answer("verifikasi", choice=choice, fakta="Tidak benar.") is None
    assert world.vote(SITI) is None
    assert world.settle(CHANNEL, PostState.SENT) is None
    return world


def proposed(world: Office) -> int:
    return len(world.did(ProposeResolve))


def ticked(world: Office) -> None:
    world.happen(ItemTicked(world.roster, "tugas", "mitra", RATNA))


def test_quiet_is_seen_while_the_closing_words_are_still_open() -> None:
    world = posted()
    assert world.answer("keadaan", choice="tetap") is None
    assert world.states("keadaan", "tayang-lanjutan", "akhir", "tayang-penutup") == [
        "done",
        "skipped",
        "waiting",
        "pending",
    ]
    assert world.state.phase is Phase.MONITORING
    ticked(world)
    world.wait(HOUR)
    assert proposed(world) == 0, "too many still write"
    world.roster = roster(working=True, **QUIET)
    world.wait(HOUR)
    assert proposed(world) == 1, "nobody had to answer the last question first"


def test_the_first_question_after_the_words_is_not_waited_for_either() -> None:
    world = posted()
    assert world.states("keadaan", "akhir") == ["waiting", "pending"]
    assert world.state.phase is Phase.MONITORING
    assert world.told(What.MONITORING) == [{"left": "tugas,keadaan"}]
    assert [timer.kind for timer in world.timers if timer.kind.of_ladder] == [TimerKind.CADENCE]


def test_a_holding_statement_leaves_the_run_in_its_owners_hands() -> None:
    """What is true has not been said yet, so the lease goes on and nothing is proposed."""
    world = posted("belum")
    assert world.state.informed_at is None
    assert world.state.phase is Phase.OPEN
    assert [timer.kind for timer in world.timers if timer.kind.of_ladder] == [TimerKind.LEASE]


def test_nothing_is_proposed_while_new_words_are_on_their_way() -> None:
    world = posted()
    ticked(world)
    world.roster = roster(working=True, **QUIET)
    assert world.answer("keadaan", choice="baru") is None
    assert world.states("setujui-lanjutan") == ["waiting"]
    world.wait(HOUR)
    assert proposed(world) == 0
    versions = world.seen("setujui-lanjutan")
    world.happen(Voted(world.roster, "setujui-lanjutan", 1, SITI, Verdict.APPROVE, versions, ""))
    assert world.settle(CHANNEL, PostState.SENT, step="tayang-lanjutan") is None
    world.wait(HOUR)
    assert proposed(world) == 1
    assert world.states("akhir") == ["waiting"]


def test_what_a_person_has_begun_is_waited_for() -> None:
    """Pending words wait for a question; once somebody jumps to them they are under way."""
    world = posted()
    ticked(world)
    world.roster = roster(working=True, **QUIET)
    world.happen(Jumped(world.roster, "penutup", RATNA))
    assert world.states("akhir", "setujui-penutup") == ["pending", "waiting"]
    world.wait(HOUR)
    assert proposed(world) == 0
    left_out = Skipped(
        world.roster, "setujui-penutup", world.run("setujui-penutup").attempt, RATNA, "tidak perlu"
    )
    assert world.happen(left_out).refusal is None
    assert world.states("tayang-penutup") == ["skipped"]
    world.wait(HOUR)
    assert proposed(world) == 1


def test_every_question_answered_is_watched_as_before() -> None:
    world = posted()
    assert world.answer("keadaan", choice="tetap") is None
    assert world.answer("akhir", choice="tetap") is None
    assert world.states("tayang-penutup") == ["skipped"]
    assert world.state.phase is Phase.MONITORING
    world.wait(minutes(1))
    assert world.told(What.MONITORING)[1:] == [], "it is said once"
