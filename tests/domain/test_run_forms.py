"""Questions to people: who is asked, who may answer, what happens while nobody does."""

from dataclasses import replace

from crisis_world import BAGUS, DEWI, RATNA, SITI, START, World, minutes
from steps_world import (
    ARI,
    ASK,
    BPBD,
    CHANNEL,
    FREEZE,
    HOUR,
    KEEP,
    REQUEST,
    WHOLE,
    Office,
    on_air,
    roster,
    taken,
    why,
)

from bot.domain.expression_parser import parse
from bot.domain.incident import Paging, Phase
from bot.domain.playbook import After, Reaction, Step
from bot.domain.run_effects import PagePerson, Why
from bot.domain.run_events import (
    Acknowledged,
    Answered,
    FreezeReleased,
    Jumped,
    Raised,
    Resolved,
    TakenOver,
    TriggeredAgain,
)
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import Hold, OfferRelease, RedrawStep, Release, ShowStep, TakeSnapshot
from bot.domain.step_run import PostState
from bot.domain.step_state import StepState
from bot.domain.steps import Scope, Wait


def only(*steps: Step) -> Office:
    return Office(replace(WHOLE, steps=steps))


def replied(world: Office) -> None:
    """Every reply has arrived: the work is over, and the owner's lease rests."""
    for number in range(3):
        for post in world.run("balas").posts[3 * number :]:
            world.settle(post.channel, PostState.SENT, step="balas")
        world.wait(minutes(1))
    assert world.state.phase is Phase.MONITORING


def shown(world: World, step: str) -> list[tuple[float, tuple[str, ...], bool]]:
    return [(minute, e.people, e.again) for minute, e in world.did(ShowStep) if e.step == step]


def test_whoever_takes_the_run_gets_its_questions_and_a_later_owner_gets_them_too() -> None:
    world = Office()
    world.open()
    assert world.states("verifikasi") == ["pending"]
    world.happen(Acknowledged(world.roster, RATNA, 1))
    assert shown(world, "verifikasi") == [(0, (RATNA,), False)]
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert shown(world, "verifikasi")[-1] == (0, (SITI,), False)
    assert world.answer("verifikasi", SITI, choice="salah") is None
    assert [e.people for _, e in world.did(RedrawStep) if e.step == "verifikasi"] == [(RATNA,), (SITI,)]


def test_who_had_the_run_before_has_its_question_no_more() -> None:
    world = taken()
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert world.run("verifikasi").asked == (SITI,)
    assert why(world.answer("verifikasi", RATNA, choice="salah")) is Why.STEP_NOT_YOURS
    world.happen(TakenOver(world.roster, RATNA, world.state.epoch))
    assert shown(world, "verifikasi")[-1] == (0, (RATNA,), False), "back again, so asked anew"
    assert world.run("verifikasi").asked == (RATNA,)


def test_what_was_asked_of_others_stays_with_them_whoever_has_the_run() -> None:
    world = taken()
    world.answer("verifikasi", choice="belum")
    before = world.run("minta-data").asked
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert world.run("minta-data").asked == before == (ARI,)


def test_an_answer_is_given_once_and_by_those_who_were_asked() -> None:
    world = taken()
    assert why(world.answer("verifikasi", BAGUS, choice="salah")) is Why.STEP_NOT_YOURS
    assert why(world.answer("minta-data", ARI, fakta="x")) is Why.STEP_NOT_READY
    assert world.answer("verifikasi", choice="salah") is None
    refusal = world.answer("verifikasi", choice="belum")
    assert (why(refusal), refusal and refusal.by) == (Why.STEP_OVER, RATNA)
    assert world.run("verifikasi").answer("choice") == "salah"
    assert why(world.answer("tugas", choice="x")) is Why.NO_SUCH_STEP
    assert why(world.happen(Answered(world.roster, "?", 1, RATNA, ())).refusal) is Why.NO_SUCH_STEP


def test_a_condition_leaves_a_step_out_and_what_needs_it_goes_on() -> None:
    world = taken()
    world.answer("verifikasi", choice="salah")
    assert world.states("minta-data", "sikap") == ["skipped", "done"]
    assert world.told(What.STEP_SKIPPED) == [{"step": "minta-data"}]


def test_a_unit_is_asked_reminded_and_credited() -> None:
    world = taken()
    world.answer("verifikasi", choice="belum")
    assert shown(world, "minta-data") == [(0, (ARI,), False)]
    world.wait(minutes(11))
    assert shown(world, "minta-data")[1:] == [(5, (ARI,), True)]
    assert world.answer("minta-data", ARI, fakta="Aman.") is None
    assert world.run("minta-data").by == ARI
    assert world.told(What.ANSWERED)[-1]["person"] == "ari"
    world.wait(minutes(20))
    assert len(shown(world, "minta-data")) == 2


def test_a_unit_that_stays_silent_holds_nothing_up_and_may_still_answer_late() -> None:
    world = taken()
    world.answer("verifikasi", choice="belum")
    world.wait(minutes(15))
    assert world.states("minta-data", "sikap", "setujui") == ["expired", "done", "waiting"]
    assert world.answer("minta-data", ARI, fakta="Aman.") is None
    assert world.states("minta-data") == ["done"]


def test_a_question_that_the_owner_leaves_open_calls_the_next_level_and_waits_for_whoever_takes_it() -> None:
    world = taken()
    world.wait(minutes(10))
    assert (world.state.paging, world.state.owner) == (Paging.ACKED, RATNA)
    assert world.states("verifikasi") == ["waiting"]
    assert [(p.person, p.level) for _, p in world.did(PagePerson)][-1][1] == 1
    world.happen(TakenOver(world.roster, BAGUS, world.state.epoch))
    assert shown(world, "verifikasi")[-1][1] == (BAGUS,)
    assert world.answer("verifikasi", BAGUS, choice="salah") is None


def test_where_nobody_can_be_reached_it_is_said_and_looked_for_again() -> None:
    world = only(replace(REQUEST, condition=None, timeout=None, remind_every=None))
    world.roster = roster(frozenset({ARI}))
    taken(world)
    assert world.told(What.TARGET_EMPTY) == [{"target": str(BPBD), "step": "minta-data"}]
    world.roster = roster()
    world.wait(minutes(5))
    assert shown(world, "minta-data") == [(5, (ARI,), False)]


def test_a_time_out_may_be_left_to_a_person() -> None:
    world = taken(only(replace(ASK, reactions={StepState.EXPIRED: Reaction(After.ASK_HUMAN)})))
    world.wait(minutes(10))
    assert world.states("verifikasi") == ["expired"]
    assert world.state.phase is Phase.MONITORING
    assert world.answer("verifikasi", choice="salah") is None


def test_a_time_out_may_send_everything_back() -> None:
    again = replace(
        REQUEST, reactions={StepState.EXPIRED: Reaction(After.GOTO, "verifikasi")}, remind_every=None
    )
    world = taken(only(ASK, again))
    world.answer("verifikasi", choice="belum", fakta="x")
    world.wait(minutes(15))
    assert (world.run("verifikasi").attempt, world.run("verifikasi").answers) == (2, ())
    assert world.states("verifikasi", "minta-data") == ["waiting", "pending"]
    old = world.happen(Answered(world.roster, "verifikasi", 1, RATNA, (("choice", "salah"),)))
    assert why(old.refusal) is Why.STEP_OVER


def test_the_question_of_a_cadence_comes_back_and_silence_calls_the_next_level() -> None:
    world = on_air()
    assert why(world.answer("kabar", SITI, kabar="-")) is Why.STEP_NOT_READY
    replied(world)
    world.wait(HOUR)
    assert shown(world, "kabar") == [(60, (SITI, BAGUS, DEWI), False)]
    assert world.answer("kabar", SITI, kabar="Belum ada.") is None
    assert why(world.answer("kabar", BAGUS, kabar="Ada.")) is Why.STEP_OVER
    world.wait(HOUR)
    assert (world.state.paging, world.state.late) == (Paging.ACKED, ())
    world.wait(HOUR)
    assert (world.state.paging, world.state.late) == (Paging.ACKED, ("kabar",))
    assert [told for told in world.told(What.STEP_EXPIRED) if told["step"] == "kabar"]
    assert world.answer("kabar", SITI, kabar="Masih sama.") is None
    assert (world.state.late, world.state.calling) == ((), ())
    assert world.states("kabar") == ["waiting"]


def test_a_wait_ends_with_its_time_or_its_condition() -> None:
    timed = Step("jeda", "Jeda", Wait(lasts=minutes(30)))
    calm = Step("reda", "Reda", Wait(until=parse("claim.new_comments(2h) < 3")))
    both = Step("dua", "Dua", Wait(minutes(7), parse("claim.new_comments(2h) < 3")))
    world = only(timed, calm, both)
    world.roster = roster(**{"claim.new_comments(7200)": 9})
    taken(world)
    assert world.states("jeda", "reda", "dua") == ["waiting", "waiting", "waiting"]
    world.wait(minutes(7))
    assert world.states("dua") == ["done"]
    world.roster = roster(**{"claim.new_comments(7200)": 2})
    world.wait(minutes(5))
    assert world.states("jeda", "reda") == ["waiting", "done"]
    world.wait(minutes(18))
    assert world.states("jeda") == ["done"]
    assert world.state.phase is Phase.MONITORING


def test_what_is_held_back_is_offered_at_the_end_and_let_go_by_a_person() -> None:
    world = taken(only(FREEZE, KEEP, replace(ASK, to=())))
    assert [(e.step, e.scope) for _, e in world.did(Hold)] == [("tahan", Scope.REPLIES)]
    assert [e.step for _, e in world.did(TakeSnapshot)] == ["bukti"]
    assert world.told(What.SNAPSHOT_KEPT) == [{"step": "bukti", "count": "8"}]
    world.happen(Resolved(world.roster, SITI))
    assert [e.people for _, e in world.did(OfferRelease)] == [(SITI, BAGUS, DEWI)]
    assert world.happen(FreezeReleased(world.roster, "tahan", SITI)).refusal is None
    assert [e.step for _, e in world.did(Release)] == ["tahan"]
    again = world.happen(FreezeReleased(world.roster, "tahan", BAGUS))
    assert why(again.refusal) is Why.NOTHING_HELD


def test_after_a_reopening_open_questions_are_asked_again() -> None:
    world = taken()
    world.happen(Resolved(world.roster, SITI, "reda"))
    world.wait(HOUR)
    world.happen(TriggeredAgain(world.roster, "lagi"))
    assert world.run("verifikasi").attempt == 2
    world.happen(Acknowledged(world.roster, RATNA, world.state.epoch))
    assert world.answer("verifikasi", choice="salah") is None
    assert world.run("verifikasi").since == START + HOUR


def test_words_that_had_not_left_at_the_closing_do_not_leave_after_a_reopening() -> None:
    world = taken()
    world.answer("verifikasi", choice="salah")
    world.vote(SITI)
    world.happen(Resolved(world.roster, SITI, "reda"))
    before = len(world.sent)
    world.happen(TriggeredAgain(world.roster, "lagi"))
    world.happen(Acknowledged(world.roster, RATNA, world.state.epoch))
    world.wait(HOUR)
    assert len(world.sent) == before
    assert world.states("tayang") == ["cancelled"]


def test_words_that_had_run_out_of_time_at_the_closing_do_not_leave_either() -> None:
    world = taken(Office(replace(WHOLE, steps=tuple(_hurried(step) for step in WHOLE.steps))))
    world.answer("verifikasi", choice="salah")
    world.vote(SITI)
    world.settle(CHANNEL, PostState.FAILED)
    world.wait(minutes(10))
    assert world.states("tayang") == ["expired"]
    world.happen(Resolved(world.roster, SITI, "reda"))
    before = len(world.sent)
    world.happen(TriggeredAgain(world.roster, "lagi"))
    world.happen(Acknowledged(world.roster, RATNA, world.state.epoch))
    world.wait(HOUR)
    assert len(world.sent) == before
    world.happen(Jumped(world.roster, "tayang", SITI, "masih berlaku"))
    assert len(world.sent) == before + 1, "a person has looked, and its approval stands"


def _hurried(step: Step) -> Step:
    return replace(step, timeout=minutes(10)) if step.id == "tayang" else step


def test_a_step_of_an_unacknowledged_run_does_not_call_twice() -> None:
    world = taken(only(ASK))
    world.happen(Raised(world.roster, RATNA, world.state.epoch))
    calls = len(world.did(PagePerson))
    world.timers = [timer for timer in world.timers if timer.kind is TimerKind.EXPIRE]
    world.wait(minutes(10))
    assert len(world.did(PagePerson)) == calls
