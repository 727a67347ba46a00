"""Changing hands, skipping and jumping, standing down, joining: what people decide against the plan."""

from dataclasses import replace

from crisis_world import BAGUS, RATNA, SITI, START
from steps_world import (
    ALL,
    APPROVE,
    ASK,
    CHANNEL,
    DRAFT,
    FREEZE,
    HOUR,
    POST,
    TASKS,
    WHOLE,
    Office,
    on_air,
    roster,
    taken,
    why,
    written,
)

from bot.domain.expression_parser import parse
from bot.domain.incident import Outcome, Paging, Phase, RunId
from bot.domain.playbook import After, Clock, Concurrency, OnRepeat, Reaction, Resolve, Review, Step
from bot.domain.run_effects import PagePerson, ProposeResolve, RetirePages, Why
from bot.domain.run_events import (
    Acknowledged,
    FalseAlarm,
    HandOverAnswered,
    HandOverOffered,
    ItemTicked,
    Jumped,
    Merged,
    PostSettled,
    Resolved,
    Reviewed,
    Skipped,
    StoodDown,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import (
    AskReview,
    GiveEvidence,
    OfferHandOver,
    OfferRelease,
    OpenPlaybook,
    PublishPost,
)
from bot.domain.step_run import PostState, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import Handoff
from bot.domain.target import ACKER


def test_a_hand_over_needs_the_yes_of_the_other() -> None:
    world = taken()
    epoch = world.state.epoch
    assert why(world.happen(HandOverOffered(world.roster, SITI, epoch, BAGUS)).refusal) is Why.NOT_OWNER
    assert why(world.happen(HandOverOffered(world.roster, RATNA, epoch, RATNA)).refusal) is Why.ALREADY_YOURS
    world.happen(HandOverOffered(world.roster, RATNA, epoch, BAGUS))
    assert [(e.person, e.by) for _, e in world.did(OfferHandOver)] == [(BAGUS, RATNA)]
    assert why(world.happen(HandOverAnswered(world.roster, SITI, epoch, accepted=True)).refusal) is (
        Why.NOBODY_ASKED
    )
    world.happen(HandOverAnswered(world.roster, BAGUS, epoch, accepted=True))
    assert (world.state.owner, world.state.offered_to) == (BAGUS, None)
    assert world.answer("verifikasi", BAGUS, choice="salah") is None


def test_a_declined_hand_over_leaves_the_run_where_it_is_and_says_so() -> None:
    world = taken()
    epoch = world.state.epoch
    world.happen(HandOverOffered(world.roster, RATNA, epoch, BAGUS))
    world.happen(HandOverAnswered(world.roster, BAGUS, epoch, accepted=False))
    assert world.state.owner == RATNA
    assert world.told(What.HAND_OVER_DECLINED) == [{"person": "bagus"}]
    late = world.happen(HandOverAnswered(world.roster, BAGUS, epoch, accepted=True))
    assert why(late.refusal) is Why.NOBODY_ASKED


def test_an_offer_ends_when_somebody_else_takes_the_run() -> None:
    world = taken()
    epoch = world.state.epoch
    world.happen(HandOverOffered(world.roster, RATNA, epoch, BAGUS))
    world.happen(TakenOver(world.roster, SITI, epoch))
    stale = world.happen(HandOverAnswered(world.roster, BAGUS, epoch, accepted=True))
    assert why(stale.refusal) is Why.STALE


def test_standing_down_ends_the_calling_and_not_the_work() -> None:
    world = Office()
    world.open()
    assert why(world.happen(StoodDown(world.roster, SITI, " ")).refusal) is Why.NEEDS_REASON
    world.happen(StoodDown(world.roster, SITI, "Sudah ditangani pusat"))
    pages = len(world.did(PagePerson))
    world.wait(HOUR * 5)
    assert len(world.did(PagePerson)) == pages
    assert (world.state.phase, world.state.paging) == (Phase.OPEN, Paging.STOOD_DOWN)
    world.roster = roster(working=True)
    world.wait(HOUR)
    assert len(world.did(ProposeResolve)) == 1
    world.happen(Acknowledged(world.roster, RATNA, world.state.epoch))
    assert world.state.owner == RATNA
    assert why(world.happen(StoodDown(world.roster, SITI, "x")).refusal) is None
    assert why(world.happen(StoodDown(world.roster, SITI, "x")).refusal) is Why.STALE


def test_two_runs_become_one() -> None:
    world = written()
    assert why(world.happen(Merged(world.roster, RATNA, RunId(9))).refusal) is Why.NOT_CLOSER
    assert why(world.happen(Merged(world.roster, SITI, RunId(7))).refusal) is Why.STALE
    world.happen(Merged(world.roster, SITI, RunId(9), "sama"))
    assert (world.state.outcome, world.state.carried_by) == (Outcome.MERGED, RunId(9))
    assert [e.to for _, e in world.did(GiveEvidence)] == [RunId(9)]
    assert world.timers == []
    assert not world.state.may_reopen(world.now)
    assert why(world.vote(SITI)) is Why.CLOSED
    assert world.sent == []


HAND_OFF = Step(
    "alih",
    "Alihkan",
    Handoff("bencana"),
    needs=("verifikasi",),
    condition=parse("steps.verifikasi.choice == 'benar'"),
)


def test_another_playbook_carries_on_and_nothing_of_this_one_is_said() -> None:
    world = taken(Office(replace(WHOLE, steps=(FREEZE, ASK, HAND_OFF, DRAFT, APPROVE, POST))))
    world.answer("verifikasi", choice="benar")
    assert (world.state.phase, world.state.outcome) == (Phase.RESOLVED, Outcome.HANDED_OFF)
    assert [e.playbook for _, e in world.did(OpenPlaybook)] == ["bencana"]
    assert world.states("verifikasi", "alih", "sikap", "setujui", "tayang") == [
        "done",
        "done",
        "cancelled",
        "cancelled",
        "cancelled",
    ]
    assert world.timers == []
    assert world.did(RetirePages)[-1][1].what is What.HANDED_OFF
    assert len(world.did(OfferRelease)) == 1
    assert not world.state.may_reopen(world.now)


def test_a_condition_that_is_false_hands_nothing_off() -> None:
    world = taken(Office(replace(WHOLE, steps=(ASK, HAND_OFF))))
    world.answer("verifikasi", choice="salah")
    assert world.states("alih") == ["skipped"]


def test_a_jump_begins_a_step_and_all_after_it_again_and_old_cards_are_stale() -> None:
    world = written()
    world.vote(SITI)
    world.happen(Jumped(world.roster, "verifikasi", SITI, "Ada data baru"))
    assert [world.run(s.id).attempt for s in ALL] == [1, 1, 2, 2, 2, 2, 2, 2, 1, 2]
    assert world.states("verifikasi", "sikap", "setujui", "tayang") == ["waiting", *["pending"] * 3]
    assert why(world.happen(Jumped(world.roster, "?", SITI)).refusal) is Why.NO_SUCH_STEP
    late = PostSettled(world.roster, "tayang", 1, CHANNEL, PostState.SENT)
    assert world.happen(late).refusal is None
    assert [told["channel"] for told in world.told(What.PUBLISHED)] == [CHANNEL]
    assert world.run("tayang").posts == ()
    failed = PostSettled(world.roster, "tayang", 1, CHANNEL, PostState.FAILED)
    assert why(world.happen(failed).refusal) is Why.STEP_OVER


def test_a_jump_to_words_for_the_public_does_not_go_round_their_approval() -> None:
    world = taken()
    world.happen(Jumped(world.roster, "tayang", SITI))
    world.happen(Jumped(world.roster, "setujui", SITI))
    assert world.states("setujui", "tayang") == ["pending", "pending"]
    world.happen(Jumped(world.roster, "sikap", SITI))
    assert world.states("sikap", "setujui", "tayang") == ["done", "waiting", "pending"]
    assert world.sent == []


def test_a_jump_to_posting_repeats_nothing_that_stands_there() -> None:
    world = on_air()
    world.happen(Jumped(world.roster, "tayang", SITI))
    assert len(world.did(PublishPost)) == 1
    assert world.states("tayang") == ["done"]


def test_what_was_on_its_way_at_a_jump_is_looked_at_by_a_person() -> None:
    world = written()
    world.vote(SITI)
    world.happen(Jumped(world.roster, "tayang", SITI))
    run = world.run("tayang")
    first = run.posts[0]
    assert (first.channel, first.state) == (CHANNEL, PostState.UNCERTAIN)
    assert len(world.did(PublishPost)) == 1
    arrived = PostSettled(world.roster, "tayang", 1, CHANNEL, PostState.SENT)
    assert world.happen(arrived).refusal is None
    assert world.run("tayang").posts[0].state is PostState.SENT


def test_skipping_needs_a_reason_and_an_open_step() -> None:
    world = taken()
    assert why(world.happen(Skipped(world.roster, "?", 1, SITI, "x")).refusal) is Why.NO_SUCH_STEP
    assert why(world.happen(Skipped(world.roster, "bukti", 1, SITI, "x")).refusal) is Why.STEP_OVER
    assert why(world.happen(Skipped(world.roster, "verifikasi", 2, SITI, "x")).refusal) is Why.STEP_OVER
    world.happen(Skipped(world.roster, "verifikasi", 1, SITI, "sudah jelas"))
    assert world.run("verifikasi").note == "sudah jelas"
    assert world.states("verifikasi", "minta-data", "sikap") == ["skipped", "skipped", "done"]


CLOCK = Clock(
    "lapor", "Lapor 1x24 jam", HOUR * 24, remind_before=(HOUR, HOUR * 4), met_when=parse("steps.tugas.done")
)
OWN = Clock("sasaran", "Sasaran 30 menit", HOUR, met_when=parse("steps.tugas.done"), own=True)


def test_a_limit_set_by_law_is_said_near_and_over() -> None:
    world = taken(Office(replace(WHOLE, clocks=(CLOCK,), steps=(TASKS,))))
    world.wait(HOUR * 25)
    near = [told["clock"] for told in world.told(What.CLOCK_NEAR)]
    assert near == ["lapor", "lapor"]
    assert len(world.told(What.CLOCK_OVER)) == 1
    assert why(world.happen(Resolved(world.roster, SITI)).refusal) is Why.NEEDS_REASON


def test_a_limit_that_is_met_says_nothing_more() -> None:
    world = taken(Office(replace(WHOLE, clocks=(CLOCK,), steps=(TASKS,))))
    world.happen(ItemTicked(world.roster, "tugas", "mitra", RATNA))
    assert world.told(What.CLOCK_MET) == [{"clock": "lapor"}]
    world.wait(HOUR * 25)
    assert world.told(What.CLOCK_NEAR) == []
    assert world.happen(Resolved(world.roster, SITI)).refusal is None


def test_joining_says_which_limits_of_the_law_still_run_and_goes_on_to_remind_of_them() -> None:
    world = taken(Office(replace(WHOLE, clocks=(OWN, CLOCK), steps=(TASKS,))))
    assert why(world.happen(Merged(world.roster, SITI, RunId(9), " ")).refusal) is Why.NEEDS_REASON
    world.happen(Merged(world.roster, SITI, RunId(9), "sama"))
    end = START + HOUR * 24
    assert world.told(What.MERGED)[0]["limits"] == f"lapor={end.isoformat()}"
    world.wait(HOUR * 30)
    said = [told["clock"] + told["run"] for told in world.told(What.CLOCK_NEAR)]
    assert said == ["lapor9", "lapor9"]
    assert [told["clock"] for told in world.told(What.CLOCK_OVER)] == ["lapor"]
    assert world.timers == [], "what the agency had set itself ended with the run"


def test_a_target_of_the_agency_s_own_hinders_no_joining_and_ends_with_the_run() -> None:
    world = taken(Office(replace(WHOLE, clocks=(OWN,), steps=(TASKS,))))
    assert world.happen(Merged(world.roster, SITI, RunId(9))).refusal is None
    assert "limits" not in world.told(What.MERGED)[0]
    assert world.timers == []


def test_a_limit_that_is_over_is_not_said_once_more_for_joining() -> None:
    world = taken(Office(replace(WHOLE, clocks=(CLOCK,), steps=(TASKS,))))
    world.wait(HOUR * 25)
    world.happen(Merged(world.roster, SITI, RunId(9), "sama"))
    assert world.timers == []
    assert len(world.told(What.CLOCK_OVER)) == 1


def test_handing_off_leaves_no_limit_of_the_law_behind() -> None:
    met = replace(CLOCK, id="cek", met_when=parse("steps.verifikasi.done"))
    world = taken(Office(replace(WHOLE, clocks=(CLOCK, OWN, met), steps=(ASK, HAND_OFF, TASKS))))
    world.answer("verifikasi", choice="benar")
    assert world.state.outcome is Outcome.HANDED_OFF
    assert [told["clock"] for told in world.told(What.CLOCK_MET)] == ["cek"]
    assert world.told(What.HANDED_OFF)[0]["limits"].startswith("lapor=")
    world.wait(HOUR * 25)
    assert [told["clock"] for told in world.told(What.CLOCK_NEAR)] == ["lapor", "lapor"]
    assert [told["clock"] for told in world.told(What.CLOCK_OVER)] == ["lapor"]


def test_a_run_that_is_closed_with_a_reason_reminds_of_nothing_more() -> None:
    world = taken(Office(replace(WHOLE, clocks=(CLOCK,), steps=(TASKS,))))
    stray = next(timer for timer in world.timers if timer.kind is TimerKind.STATUTE)
    assert world.happen(Resolved(world.roster, SITI, "sudah dilaporkan")).refusal is None
    assert world.timers == []
    assert why(world.happen(TimerFired(world.roster, stray)).refusal) is Why.CLOSED


def test_closing_is_proposed_only_while_the_playbooks_own_condition_holds() -> None:
    calm = Resolve(WHOLE.resolve.confirm_by, when=parse("claim.new_comments(2h) < 3"))
    world = Office(replace(WHOLE, resolve=calm, steps=(ASK,)))
    world.roster = roster(working=True, **{"claim.new_comments(7200)": 9})
    taken(world)
    world.answer("verifikasi", choice="salah")
    world.wait(HOUR * 2)
    assert world.state.phase is Phase.MONITORING
    assert world.did(ProposeResolve) == []
    world.roster = roster(working=True, **{"claim.new_comments(7200)": 1})
    world.wait(HOUR)
    assert len(world.did(ProposeResolve)) == 1


def test_a_closed_run_is_looked_back_on_and_asked_about_until_somebody_answers() -> None:
    review = Review(HOUR * 72, ACKER, ("apa_yang_berhasil",))
    world = taken(Office(replace(WHOLE, review=review)))
    world.happen(Resolved(world.roster, SITI, "reda"))
    [timer] = world.timers
    assert timer.kind is TimerKind.REVIEW
    world.wait(HOUR * 97)
    assert [(minute / 60, e.people) for minute, e in world.did(AskReview)] == [
        (72, (RATNA,)),
        (96, (RATNA,)),
    ]
    assert world.happen(Reviewed(world.roster, RATNA)).refusal is None
    assert world.state.phase is Phase.REVIEWED
    [left] = world.timers
    assert why(world.happen(TimerFired(world.roster, left)).refusal) is Why.CLOSED


def test_a_reopened_run_is_not_reviewed_before_it_is_closed_again() -> None:
    world = taken(Office(replace(WHOLE, review=Review(HOUR, ACKER))))
    world.happen(Resolved(world.roster, SITI, "reda"))
    [timer] = world.timers
    world.happen(TriggeredAgain(world.roster, "lagi"))
    assert why(world.happen(TimerFired(world.roster, timer)).refusal) is Why.STALE
    assert why(world.happen(Reviewed(world.roster, SITI)).refusal) is Why.STALE


def test_a_repeat_that_has_to_wait_opens_a_run_of_its_own_afterwards() -> None:
    queue = replace(WHOLE, concurrency=Concurrency(on_repeat=OnRepeat.QUEUE))
    world = taken(Office(queue))
    world.happen(TriggeredAgain(world.roster, "lagi"))
    assert world.did(OpenPlaybook) == []
    world.happen(FalseAlarm(world.roster, SITI, "bukan apa-apa"))
    assert [e.playbook for _, e in world.did(OpenPlaybook)] == ["hoaks-viral"]


def test_a_rejection_may_be_left_to_a_person_who_asks_again() -> None:
    stands = replace(APPROVE, reactions={StepState.REJECTED: Reaction(After.ASK_HUMAN)})
    world = written(Office(replace(WHOLE, steps=tuple(stands if s is APPROVE else s for s in ALL))))
    world.vote(SITI, Verdict.REJECT)
    assert world.states("setujui", "tayang") == ["rejected", "pending"]
    world.happen(Jumped(world.roster, "setujui", RATNA))
    assert world.states("setujui") == ["waiting"]
    assert world.vote(SITI) is None
    assert world.did(PublishPost)
