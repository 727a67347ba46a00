"""What piles up while the bot is down comes out once, and is held against nobody."""

from datetime import timedelta

from crisis_world import (
    BAGUS,
    RATNA,
    SITI,
    START,
    World,
    minutes,
)

from bot.domain.incident import RunId
from bot.domain.late import DueTimer, coalesce
from bot.domain.run_effects import (
    AskLease,
    PageExhausted,
    PagePerson,
)
from bot.domain.run_events import (
    Acknowledged,
    StillHandling,
    TimerFired,
)
from bot.domain.run_types import Timer, TimerKind, What


def taken(world: World | None = None) -> World:
    world = world or World()
    world.open()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    return world


def test_a_bot_that_was_down_for_minutes_goes_one_level_on_not_three() -> None:
    world = World()
    world.open()
    world.sleep_through(minutes(50))
    world.wait(minutes(1))
    assert [(minute, p.person) for minute, p in world.did(PagePerson)][1:] == [(50, BAGUS), (50, SITI)]
    assert world.told(What.LATE)[0]["timer"] == "escalate"


def test_a_bot_that_was_down_all_night_says_so_once_and_starts_with_who_is_on_now() -> None:
    world = World()
    world.open()
    [due] = [timer for timer in world.timers if timer.kind is TimerKind.ESCALATE]
    world.sleep_through(timedelta(hours=4, minutes=30))
    world.timers.remove(due)
    world.happen(TimerFired(world.roster, due, down_since=START + minutes(2)))
    assert len(world.told(What.DELAYED)) == 1
    assert world.told(What.DELAYED)[0]["since"] == "2026-11-21T15:02:00+00:00"
    assert [(p.person, p.level, p.repeat) for _, p in world.did(PagePerson)] == [(RATNA, 0, 0), (RATNA, 0, 1)]
    assert not world.did(PageExhausted)


def test_silence_while_the_bot_was_down_is_not_held_against_the_owner() -> None:
    world = taken()
    world.wait(minutes(30))
    world.sleep_through(minutes(40))
    world.wait(minutes(0))
    assert world.state.owner == RATNA
    assert len(world.did(AskLease)) == 2
    world.happen(StillHandling(world.roster, RATNA, world.state.epoch))
    world.wait(minutes(20))
    assert world.state.owner == RATNA


def test_late_reminders_of_one_run_become_one_message() -> None:
    now = START + minutes(120)
    late = [Timer(TimerKind.DUE, START + minutes(n), "cek", 1, seq=n) for n in range(1, 10)]
    soon = Timer(TimerKind.DUE, now - timedelta(seconds=30), "tulis", 1, seq=1)
    expire = [Timer(TimerKind.EXPIRE, START, step, 1, seq=1) for step in ("cek", "tulis")]
    fired = coalesce([DueTimer(RunId(1), timer) for timer in (*late, soon, *expire)], now)
    assert [(one.timer.kind, one.timer.step, len(one.also)) for one in fired] == [
        (TimerKind.EXPIRE, "cek", 0),
        (TimerKind.EXPIRE, "tulis", 0),
        (TimerKind.DUE, "cek", 9),
    ]


def test_items_that_share_their_moment_are_one_reminder_also_when_nothing_was_late() -> None:
    now = START + minutes(5)
    due = [Timer(TimerKind.DUE, now, "cek", 1, seq=n) for n in (1, 2, 3)]
    page = Timer(TimerKind.ESCALATE, now, epoch=1, seq=4)
    fired = coalesce([DueTimer(RunId(1), timer) for timer in (*due, page)], now)
    assert [(one.timer.kind, len(one.also)) for one in fired] == [(TimerKind.DUE, 2), (TimerKind.ESCALATE, 0)]


def test_of_several_late_ladder_timers_the_newest_speaks_and_runs_stay_apart() -> None:
    now = START + minutes(120)
    timers = [Timer(TimerKind.ESCALATE, START + minutes(n), epoch=n, seq=n) for n in (3, 1, 2)]
    fired = coalesce([DueTimer(RunId(run), timer) for run in (1, 2) for timer in timers], now)
    assert [(one.run, one.timer.epoch, len(one.also)) for one in fired] == [(1, 3, 2), (2, 3, 2)]


def test_several_overdue_items_come_as_one_announcement() -> None:
    world = taken()
    first, second = [timer for timer in world.timers if timer.kind is TimerKind.DUE]
    world.sleep_through(minutes(90))
    world.fire(first, also=(second,))
    assert world.told(What.ITEM_OVERDUE) == [{"items": "cek/sumber,cek/catat", "owner": "ratna"}]


def test_a_late_ladder_that_was_answered_before_goes_on_where_it_was() -> None:
    world = taken()
    world.wait(minutes(35))  # asked, silent: the ladder is running again
    world.sleep_through(timedelta(hours=3))
    world.wait(minutes(0))
    assert world.told(What.DELAYED) == []
    assert world.state.level == 1
