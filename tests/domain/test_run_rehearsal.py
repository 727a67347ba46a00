"""A rehearsal tells what would happen, line by line, with the same machine."""

from dataclasses import replace
from datetime import datetime

from crisis_world import BAGUS, MEDSOS, PLAYBOOK, RATNA, SITI, START, minutes, roster

from bot.domain.people import PersonId
from bot.domain.rehearsal import Act, Deed, TimelineLine, rehearse
from bot.domain.roster import Reach, Roster
from bot.domain.run_effects import Announce, PageExhausted, PagePerson, Refusal, Why
from bot.domain.run_types import What

Story = list[tuple[float, str]]


def at_home(at: datetime) -> Roster:
    return roster()


def pages(lines: list[TimelineLine]) -> Story:
    called = (line for line in lines if isinstance(line.what, PagePerson | PageExhausted))
    return [(line.after / minutes(1), line.what.person) for line in called]  # type: ignore[union-attr]  # filtered above


def said(lines: list[TimelineLine], what: What) -> list[float]:
    return [
        line.after / minutes(1)
        for line in lines
        if isinstance(line.what, Announce) and line.what.kind is what
    ]


def test_with_nobody_answering_the_whole_ladder_is_seen() -> None:
    lines = rehearse(PLAYBOOK, at_home, (), START, lasts=minutes(90))
    climb = [(0, "ratna"), (5, "bagus"), (5, "siti"), (10, "siti"), (20, "dewi")]
    assert pages(lines) == [*climb, (80, "dewi"), (80, "ratna")]
    assert said(lines, What.EXHAUSTED) == [20]
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_one_press_ends_the_ladder() -> None:
    lines = rehearse(PLAYBOOK, at_home, (Act(minutes(3), Deed.ACKNOWLEDGE),), START, lasts=minutes(25))
    assert pages(lines) == [(0, "ratna")]
    assert said(lines, What.ACKED) == [3]


def test_a_whole_crisis_from_page_to_closing() -> None:
    script = (
        Act(minutes(2), Deed.ACKNOWLEDGE),
        Act(minutes(4), Deed.TRIGGER, reason="label=hoax score=0.90"),
        Act(minutes(6), Deed.TICK, step="cek", item="sumber"),
        Act(minutes(7), Deed.TAKE_OVER, PersonId("siti")),
        Act(minutes(8), Deed.STILL_HANDLING),
        Act(minutes(9), Deed.TICK, step="tulis", item="teks"),
        Act(minutes(50), Deed.RESOLVE, PersonId("siti")),
    )
    lines = rehearse(PLAYBOOK, at_home, script, START)
    assert said(lines, What.MONITORING) == [9]
    assert said(lines, What.RESOLVED) == [50]
    assert not [line for line in lines if isinstance(line.what, Refusal)]
    assert lines[-1].after == minutes(50)


def test_raising_and_a_false_alarm() -> None:
    script = (Act(minutes(1), Deed.RAISE, RATNA), Act(minutes(2), Deed.FALSE_ALARM, BAGUS, reason="lelucon"))
    lines = rehearse(PLAYBOOK, at_home, script, START)
    assert pages(lines) == [(0, "ratna"), (1, "bagus"), (1, "siti")]
    assert said(lines, What.FALSE_ALARM) == [2]


def test_what_would_be_refused_is_seen_too() -> None:
    lines = rehearse(PLAYBOOK, at_home, (Act(minutes(1), Deed.RESOLVE, BAGUS),), START, lasts=minutes(1))
    assert [line.what.why for line in lines if isinstance(line.what, Refusal)] == [Why.NOT_CLOSER]


def test_the_shift_changes_during_a_rehearsal() -> None:
    def changing(at: datetime) -> Roster:
        if at < START + minutes(15):
            return roster()
        return replace(roster(), people={**roster().people, MEDSOS: (Reach(BAGUS),)})

    again = replace(PLAYBOOK, ladder=replace(PLAYBOOK.ladder, repeat=1))
    assert (20, "bagus") in pages(rehearse(again, changing, (), START, lasts=minutes(21)))


def test_every_message_of_a_rehearsal_is_an_exercise() -> None:
    lines = rehearse(PLAYBOOK, at_home, (), START)
    assert all(line.what.drill for line in lines if isinstance(line.what, PagePerson | Announce))


def test_whoever_has_it_is_there_as_long_as_the_script_goes_on() -> None:
    taken, later = Act(minutes(2), Deed.ACKNOWLEDGE), Act(minutes(120), Deed.RESOLVE, SITI, reason="reda")
    lost = said(rehearse(PLAYBOOK, at_home, (taken,), START), What.LEASE_LOST)
    assert lost[0] == 37, "after the last line of the script nobody answers"
    kept = rehearse(PLAYBOOK, at_home, (taken, later), START, minutes(120))
    assert said(kept, What.LEASE_LOST) == []
    deeds = [line.what.deed for line in kept if isinstance(line.what, Act)]
    assert deeds == [Deed.ACKNOWLEDGE, *[Deed.STILL_HANDLING] * 3, Deed.RESOLVE]
