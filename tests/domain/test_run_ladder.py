"""Who is called when: stories with time in them."""

from dataclasses import replace

from crisis_world import BAGUS, DEWI, LADDER, MEDSOS, PLAYBOOK, RATNA, SITI, START, World, minutes, roster

from bot.domain.incident import Paging, Phase, Severity
from bot.domain.playbook import DaytimePaging
from bot.domain.roster import Reach
from bot.domain.run_effects import (
    Announce,
    CardChanged,
    PageExhausted,
    PagePerson,
    RenewPages,
    RetirePages,
    Why,
)
from bot.domain.run_events import (
    Acknowledged,
    Opened,
    PageUndeliverable,
    Raised,
    TimerFired,
)
from bot.domain.run_types import Timer, TimerKind, What


def calls(world: World) -> list[tuple[float, str]]:
    return [(minute, page.person) for minute, page in world.did(PagePerson)]


def opened(**about: object) -> World:
    world = World(**about)  # type: ignore[arg-type]  # tests name World's own arguments
    world.open()
    return world


def test_the_first_level_is_called_loudly_at_once() -> None:
    world = opened()
    [(_, page)] = world.did(PagePerson)
    assert (page.person, page.level, page.round, page.epoch, page.loud, page.repeat) == (
        RATNA,
        0,
        0,
        1,
        True,
        0,
    )
    assert world.state.paging is Paging.UNACKED
    assert world.told(What.OPENED) == [{"reason": "label=hoax score=0.97", "severity": "tinggi"}]


def test_silence_climbs_level_by_level_and_then_calls_the_last_resort() -> None:
    world = opened()
    world.wait(minutes(21))
    assert calls(world) == [(0, RATNA), (5, BAGUS), (5, SITI), (10, SITI)]
    assert [(minute, page.person) for minute, page in world.did(PageExhausted)] == [(20, DEWI)]
    assert world.state.paging is Paging.UNANSWERED
    assert world.told(What.EXHAUSTED) == [{"people": "dewi"}]


def test_rounds_repeat_from_the_first_level_and_say_so_on_the_page() -> None:
    world = opened(playbook=replace(PLAYBOOK, ladder=replace(LADDER, repeat=1)))
    world.wait(minutes(39))
    pages = [
        (minute, p.person, p.round, p.repeat) for minute, p in world.did(PagePerson) if p.person == RATNA
    ]
    assert pages == [(0, RATNA, 0, 0), (20, RATNA, 1, 1)]
    assert not world.did(PageExhausted)
    world.wait(minutes(1))
    assert [minute for minute, _ in world.did(PageExhausted)] == [40]


def test_the_ladders_own_sum_is_when_the_last_resort_is_called() -> None:
    ladder = replace(LADDER, repeat=2)
    world = opened(playbook=replace(PLAYBOOK, ladder=ladder))
    world.wait(minutes(120))
    first, *_ = [minute for minute, _ in world.did(PageExhausted)]
    assert minutes(first) == ladder.time_to_exhausted


def test_an_unanswered_run_calls_again_every_hour_with_whoever_is_on_call_by_then() -> None:
    world = opened()
    world.wait(minutes(30))
    world.roster = replace(world.roster, people={**world.roster.people, MEDSOS: (Reach(BAGUS),)})
    world.wait(minutes(110))
    again = [(minute, page.person) for minute, page in world.did(PageExhausted)]
    assert again == [(20, DEWI), (80, DEWI), (80, BAGUS), (140, DEWI), (140, BAGUS)]
    assert world.state.phase is Phase.OPEN
    assert len(world.told(What.STILL_UNANSWERED)) == 2


def test_one_press_ends_the_calling_and_everybody_else_learns_who_has_it() -> None:
    world = opened()
    world.wait(minutes(6))
    world.happen(Acknowledged(world.roster, BAGUS, world.state.epoch))
    world.wait(minutes(25))
    assert calls(world) == [(0, RATNA), (5, BAGUS), (5, SITI)]
    [(_, retired)] = world.did(RetirePages)
    assert (set(retired.people), retired.what, retired.by) == ({RATNA, SITI}, What.ACKED, BAGUS)
    assert world.did(RenewPages)[-1][1].people == (BAGUS,)
    assert world.told(What.ACKED) == [{"person": "bagus", "seconds": "360"}]


def test_whoever_was_called_earlier_keeps_a_button_that_counts() -> None:
    world = opened()
    world.wait(minutes(5))
    assert world.did(RenewPages) == [(5, RenewPages((RATNA,), world.state.epoch))]
    decision = world.happen(Acknowledged(world.roster, RATNA, world.state.epoch))
    assert decision.refusal is None
    assert world.state.owner == RATNA


def test_a_button_of_an_older_epoch_is_told_what_happened_and_by_whom() -> None:
    world = opened()
    world.wait(minutes(5))
    late = world.happen(Acknowledged(world.roster, RATNA, 1))
    assert late.refusal is not None
    assert (late.refusal.why, late.refusal.what, late.refusal.by) == (Why.STALE, What.ESCALATED, None)
    world.happen(Acknowledged(world.roster, BAGUS, world.state.epoch))
    second = world.happen(Acknowledged(world.roster, SITI, world.state.epoch - 1))
    assert second.refusal is not None
    assert (second.refusal.what, second.refusal.by) == (What.ACKED, BAGUS)
    assert second.effects == ()


def test_a_stranger_cannot_take_a_run_but_a_coordinator_can_uncalled() -> None:
    world = opened()
    stranger = world.happen(Acknowledged(world.roster, BAGUS, 1))
    assert stranger.refusal is not None
    assert stranger.refusal.why is Why.NOT_CALLED
    assert world.happen(Acknowledged(world.roster, SITI, 1)).refusal is None


def test_nobody_reachable_at_a_level_means_the_next_one_at_once_and_aloud() -> None:
    world = World()
    world.roster = roster(gone=(RATNA,))
    world.open()
    assert calls(world) == [(0, BAGUS), (0, SITI)]
    assert world.told(What.LEVEL_EMPTY) == [{"level": "0", "round": "0"}]
    assert world.told(What.UNREACHABLE) == [{"person": "ratna", "level": "0"}]


def test_an_empty_team_is_said_aloud_and_asked_about_every_hour() -> None:
    world = World()
    world.roster = roster(gone=(RATNA, BAGUS, SITI, DEWI))
    world.open()
    assert len(world.told(What.LEVEL_EMPTY)) == 3
    assert world.told(What.NOBODY_LEFT) == [{}]
    assert world.state.paging is Paging.UNANSWERED
    world.roster = roster()
    world.wait(minutes(60))
    assert [page.person for _, page in world.did(PageExhausted)] == [DEWI, RATNA]


def test_a_page_that_cannot_be_delivered_moves_on_without_waiting() -> None:
    world = opened()
    world.now += minutes(0.1)
    world.happen(PageUndeliverable(world.roster, RATNA, 1))
    assert [person for _, person in calls(world)] == [RATNA, BAGUS, SITI]
    assert world.told(What.UNDELIVERABLE) == [{"person": "ratna", "level": "0"}]


def test_one_blocked_phone_of_two_does_not_hurry_the_other() -> None:
    world = opened()
    world.wait(minutes(5))
    world.happen(PageUndeliverable(world.roster, BAGUS, world.state.epoch))
    assert world.state.level == 1
    assert world.state.calling == (SITI,)


def test_raising_goes_up_and_never_round() -> None:
    world = opened(playbook=replace(PLAYBOOK, ladder=replace(LADDER, repeat=3)))
    for _ in range(2):
        world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert world.state.level == 2
    world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert world.state.paging is Paging.UNANSWERED
    refused = world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert refused.refusal is not None
    assert refused.refusal.why is Why.ALL_CALLED


def test_a_lighter_playbook_is_quiet_in_the_office_unless_it_is_urgent() -> None:
    def loud(severity: Severity, *, working: bool) -> bool:
        lighter = replace(LADDER, working_hours=DaytimePaging.LIGHTER)
        world = World(replace(PLAYBOOK, severity=severity, ladder=lighter))
        world.roster = roster(working=working)
        world.open()
        return world.did(PagePerson)[0][1].loud

    assert not loud(Severity.HIGH, working=True)
    assert loud(Severity.HIGH, working=False)
    assert loud(Severity.URGENT, working=True)


def test_an_exercise_says_so_on_every_message() -> None:
    world = opened(drill=True)
    world.wait(minutes(200))
    marked = [*world.did(PagePerson), *world.did(PageExhausted), *world.did(Announce)]
    assert len(marked) > 10
    assert all(effect.drill for _, effect in marked)


def test_a_run_opens_once_and_nothing_happens_before() -> None:
    world = World()
    before = world.happen(Acknowledged(world.roster, RATNA, 0))
    assert before.refusal is not None
    assert before.refusal.why is Why.NOT_OPENED
    world.open()
    again = world.happen(Opened(world.roster))
    assert again.refusal is not None
    assert again.refusal.why is Why.ALREADY_OPENED
    assert world.did(CardChanged)


def test_a_timer_of_another_epoch_or_number_does_nothing() -> None:
    world = opened()
    [live] = [timer for timer in world.timers if timer.kind is TimerKind.ESCALATE]
    world.happen(Acknowledged(world.roster, RATNA, 1))
    before = world.state
    for stray in (
        live,
        Timer(TimerKind.LEASE, START, epoch=2, seq=99),
        Timer(TimerKind.CADENCE, START, epoch=2),
    ):
        decision = world.happen(TimerFired(world.roster, stray))
        assert decision.refusal is not None
        assert decision.effects == ()
    assert world.state == before


def test_a_phone_that_refused_a_page_is_not_called_again_in_this_ladder_but_in_the_next() -> None:
    world = opened(playbook=replace(PLAYBOOK, ladder=replace(LADDER, repeat=1)))
    world.happen(PageUndeliverable(world.roster, RATNA, 1))
    world.wait(minutes(16))
    assert [person for _, person in calls(world)].count(RATNA) == 1
    assert world.state.round == 1
    world.happen(Acknowledged(world.roster, SITI, world.state.epoch))
    world.wait(minutes(35))
    assert calls(world)[-1][1] == RATNA


def test_a_level_that_brings_nobody_new_says_so_in_the_first_round_alone() -> None:
    world = World()
    world.open()
    world.wait(minutes(80))
    told = [(line["level"], line["round"], "nobody_new" in line) for line in world.told(What.PAGED)]
    assert told[:3] == [("0", "0", False), ("1", "0", False), ("2", "0", True)]  # Siti again, and nobody else
    assert not any(again for _, round_, again in told if round_ != "0")
    alone = World()
    alone.roster = roster(gone=[BAGUS, SITI, DEWI])
    alone.open()
    alone.wait(minutes(30))
    assert [line["people"] for line in alone.told(What.PAGED)][:1] == ["ratna"]
