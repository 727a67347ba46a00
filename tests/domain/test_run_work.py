"""Steps, closing, reopening, and what piles up while the bot is down."""

from dataclasses import replace
from datetime import timedelta

from crisis_world import (
    BAGUS,
    CHECK,
    DEWI,
    PENDAMPING,
    PLAYBOOK,
    RATNA,
    SITI,
    TELL,
    World,
    minutes,
    roster,
)

from bot.domain.incident import Outcome, Paging, Phase, Severity
from bot.domain.playbook import Concurrency, OnRepeat, Step
from bot.domain.run_effects import (
    AskLease,
    NotifyTarget,
    PagePerson,
    ProposeResolve,
    Refusal,
    RetirePages,
    ShareOriginal,
    Why,
)
from bot.domain.run_events import (
    Acknowledged,
    FalseAlarm,
    ItemTicked,
    Raised,
    Resolved,
    TriggeredAgain,
)
from bot.domain.run_types import TimerKind, What
from bot.domain.step_state import StepState
from bot.domain.steps import Checklist, Item, Notify
from bot.domain.target import ACKER


def taken(world: World | None = None) -> World:
    world = world or World()
    world.open()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    return world


def why(refusal: Refusal | None) -> Why | None:
    return refusal.why if refusal else None


def do_all(world: World) -> None:
    for step, item in (("cek", "sumber"), ("tulis", "teks")):
        world.happen(ItemTicked(world.roster, step, item, RATNA))


def test_a_notice_goes_out_at_the_opening_and_only_once_to_each_person() -> None:
    world = World(
        replace(PLAYBOOK, steps=(replace(TELL, uses=Notify("Mohon siap."), to=(PENDAMPING, *TELL.to)),))
    )  # type: ignore[union-attr]  # TELL notifies
    world.open()
    assert [(str(n.target), n.people) for _, n in world.did(NotifyTarget)] == [
        ("group:pendamping", (RATNA, SITI))
    ]


def test_a_notice_to_whoever_took_it_waits_for_somebody_to_take_it() -> None:
    world = World(
        replace(PLAYBOOK, steps=(Step("sapa", "Sapa", Notify("Terima kasih."), to=(ACKER,)), CHECK))
    )
    world.open()
    assert not world.did(NotifyTarget)
    world.happen(Acknowledged(world.roster, RATNA, 1))
    assert [notice.people for _, notice in world.did(NotifyTarget)] == [(RATNA,)]


def test_a_notice_to_nobody_is_said_aloud() -> None:
    world = World()
    world.roster = roster(gone=(SITI,))
    world.open()
    assert world.told(What.TARGET_EMPTY) == [{"target": "role:koordinator", "step": "kabari"}]


def test_a_checklist_is_done_without_its_optional_items_and_starts_the_next() -> None:
    world = taken()
    early = world.happen(ItemTicked(world.roster, "tulis", "teks", RATNA))
    assert why(early.refusal) is Why.STEP_NOT_READY
    world.happen(ItemTicked(world.roster, "cek", "sumber", BAGUS))
    assert [(run.step, run.state) for run in world.state.steps] == [
        ("kabari", StepState.DONE),
        ("cek", StepState.DONE),
        ("tulis", StepState.WAITING),
    ]
    assert world.happen(ItemTicked(world.roster, "cek", "catat", RATNA)).refusal is None


def test_an_item_is_ticked_once_and_the_second_thumb_learns_by_whom() -> None:
    world = taken()
    world.happen(ItemTicked(world.roster, "cek", "sumber", BAGUS))
    twice = world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA)).refusal
    assert (why(twice), twice and twice.by) == (Why.ALREADY_TICKED, BAGUS)
    assert why(world.happen(ItemTicked(world.roster, "cek", "lain", RATNA)).refusal) is Why.NO_SUCH_ITEM
    assert why(world.happen(ItemTicked(world.roster, "kabari", "sumber", RATNA)).refusal) is Why.NO_SUCH_ITEM


def test_working_on_the_checklist_shows_that_the_owner_is_on_it() -> None:
    world = taken()
    world.wait(minutes(29))
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    world.wait(minutes(29))
    assert not world.did(AskLease)
    world.wait(minutes(2))
    assert [minute for minute, _ in world.did(AskLease)] == [59]


def test_somebody_elses_work_does_not_speak_for_the_owner() -> None:
    world = taken()
    world.wait(minutes(29))
    world.happen(ItemTicked(world.roster, "cek", "sumber", BAGUS))
    world.wait(minutes(2))
    assert [minute for minute, _ in world.did(AskLease)] == [30]


def test_overdue_items_are_named_and_ticked_ones_are_not() -> None:
    world = taken()
    world.happen(ItemTicked(world.roster, "cek", "catat", RATNA))
    world.wait(minutes(16))
    assert world.told(What.ITEM_OVERDUE) == [{"items": "cek/sumber", "owner": "ratna"}]


def test_a_step_that_times_out_is_said_aloud_and_still_takes_a_late_tick() -> None:
    world = taken(World(replace(PLAYBOOK, steps=(replace(CHECK, timeout=minutes(20)), PLAYBOOK.steps[2]))))
    world.wait(minutes(21))
    assert world.told(What.STEP_EXPIRED) == [{"step": "cek"}]
    assert world.state.step_run("tulis").state is StepState.PENDING  # type: ignore[union-attr]  # it is there
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    assert world.state.step_run("tulis").state is StepState.WAITING  # type: ignore[union-attr]  # it is there


def test_when_the_work_is_done_the_bot_proposes_and_a_person_closes() -> None:
    world = taken()
    do_all(world)
    assert world.state.phase is Phase.MONITORING
    assert [timer.kind for timer in world.timers if timer.kind.of_ladder] == [TimerKind.CADENCE]
    assert [(str(p.target), p.people) for _, p in world.did(ProposeResolve)] == [
        ("role:koordinator", (SITI,))
    ]
    world.wait(minutes(300))
    assert world.state.phase is Phase.MONITORING
    assert not world.did(AskLease)
    world.happen(Resolved(world.roster, SITI))
    assert (world.state.phase, world.state.outcome) == (Phase.RESOLVED, Outcome.HANDLED)
    assert world.timers == []


def test_nobody_is_woken_to_be_asked_whether_it_may_be_closed() -> None:
    world = taken()
    do_all(world)
    world.wait(minutes(180))
    assert len(world.did(ProposeResolve)) == 1
    world.roster = roster(working=True)
    world.wait(minutes(61))
    assert len(world.did(ProposeResolve)) == 2


def test_work_that_is_done_before_anybody_took_it_does_not_stop_the_calling() -> None:
    world = World()
    world.open()
    for step, item in (("cek", "sumber"), ("tulis", "teks")):
        world.happen(ItemTicked(world.roster, step, item, BAGUS))
    assert world.state.phase is Phase.OPEN
    world.wait(minutes(5))
    assert len(world.did(PagePerson)) == 3
    world.happen(Acknowledged(world.roster, BAGUS, world.state.epoch))
    assert world.state.phase is Phase.MONITORING


def test_a_playbook_of_notices_alone_stays_in_its_owners_hands() -> None:
    world = taken(World(replace(PLAYBOOK, steps=(TELL,))))
    assert world.state.phase is Phase.OPEN
    world.wait(minutes(31))
    assert world.did(AskLease)


def test_closing_needs_the_right_person_and_a_reason_while_work_is_open() -> None:
    world = taken()
    assert why(world.happen(Resolved(world.roster, RATNA, "selesai")).refusal) is Why.NOT_CLOSER
    assert why(world.happen(Resolved(world.roster, SITI, "  ")).refusal) is Why.NEEDS_REASON
    world.happen(Resolved(world.roster, SITI, "sudah dijawab lewat radio"))
    [told] = world.told(What.RESOLVED)
    assert told == {"person": "siti", "reason": "sudah dijawab lewat radio", "left": "cek/sumber,tulis/teks"}
    [(_, retired)] = [(m, r) for m, r in world.did(RetirePages) if r.what is What.RESOLVED]
    assert retired.people == (RATNA,)


def test_a_false_alarm_needs_a_reason_and_ends_the_calling() -> None:
    world = World()
    world.open()
    assert why(world.happen(FalseAlarm(world.roster, RATNA, "")).refusal) is Why.NEEDS_REASON
    world.happen(FalseAlarm(world.roster, RATNA, "lelucon"))
    world.wait(minutes(300))
    assert world.state.outcome is Outcome.FALSE_ALARM
    assert len(world.did(PagePerson)) == 1
    late = world.happen(Acknowledged(world.roster, RATNA, 1)).refusal
    assert late is not None
    assert (late.why, late.what, late.by) == (Why.CLOSED, What.FALSE_ALARM, RATNA)


def test_another_trigger_adds_evidence_and_calls_nobody() -> None:
    world = taken()
    for _ in range(50):
        world.happen(TriggeredAgain(world.roster, "label=hoax score=0.91"))
    assert world.state.triggers == 51
    assert len(world.did(PagePerson)) == 1
    world.happen(TriggeredAgain(world.roster, "manual", Severity.URGENT))
    world.happen(TriggeredAgain(world.roster, "manual", Severity.LOW))
    assert world.state.severity is Severity.URGENT
    assert world.told(What.SEVERITY_RAISED) == [{"severity": "darurat"}]


def test_a_playbook_may_ignore_repeats_while_it_goes_on() -> None:
    world = taken(World(replace(PLAYBOOK, concurrency=Concurrency(on_repeat=OnRepeat.IGNORE))))
    assert why(world.happen(TriggeredAgain(world.roster, "lagi")).refusal) is Why.REPEAT_IGNORED


def test_a_trigger_within_the_day_opens_the_run_again_from_the_first_level() -> None:
    world = taken()
    world.happen(ItemTicked(world.roster, "cek", "catat", RATNA))
    world.happen(Resolved(world.roster, SITI, "reda"))
    epoch = world.state.epoch
    world.wait(timedelta(hours=23))
    world.happen(TriggeredAgain(world.roster, "label=hoax score=0.93"))
    assert (world.state.phase, world.state.paging, world.state.outcome) == (Phase.OPEN, Paging.UNACKED, None)
    assert world.state.epoch > epoch
    assert world.did(PagePerson)[-1][1].repeat == 1
    step = world.state.step_run("cek")
    assert step is not None
    assert (step.attempt, [tick.item for tick in step.ticks]) == (2, ["catat"])
    assert {timer.attempt for timer in world.timers if timer.step == "cek"} == {2}


def test_after_the_day_a_trigger_is_a_new_run() -> None:
    world = taken()
    world.happen(Resolved(world.roster, SITI, "reda"))
    world.wait(timedelta(hours=24))
    assert not world.state.may_reopen(world.now)
    assert why(world.happen(TriggeredAgain(world.roster, "lagi")).refusal) is Why.CLOSED


def test_the_original_goes_to_the_named_people_only_and_an_empty_list_is_said_aloud() -> None:
    world = World(replace(PLAYBOOK, sensitive=True, private_to=PENDAMPING))
    world.open()
    assert [share.person for _, share in world.did(ShareOriginal)] == [RATNA, SITI]
    lonely = World(replace(PLAYBOOK, sensitive=True, private_to=PENDAMPING))
    lonely.roster = roster(gone=(RATNA, SITI))
    lonely.open()
    assert lonely.told(What.PRIVATE_EMPTY) == [{"target": "group:pendamping"}]


def test_an_unanswered_run_is_taken_by_the_last_resort() -> None:
    world = World()
    world.open()
    world.wait(minutes(25))
    assert world.happen(Acknowledged(world.roster, DEWI, world.state.epoch)).refusal is None
    assert world.state.owner == DEWI
    assert not [timer for timer in world.timers if timer.kind is TimerKind.CADENCE]


def test_raising_a_quiet_run_opens_it_again_for_whoever_comes() -> None:
    world = taken()
    do_all(world)
    world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert (world.state.phase, world.state.paging) == (Phase.OPEN, Paging.UNACKED)


def test_what_is_optional_is_never_demanded() -> None:
    world = taken()
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    world.wait(minutes(16))
    assert world.told(What.ITEM_OVERDUE) == []
    extras = replace(CHECK, id="ekstra", uses=Checklist((Item("foto", "Foto", optional=True),)))
    free = taken(World(replace(PLAYBOOK, steps=(extras,))))
    assert free.happen(Resolved(free.roster, SITI)).refusal is None
