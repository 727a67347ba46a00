"""The limits hold in every window, a crisis gets through, and one silenced chat silences no other."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.wire.pacing import Limit, Limits, Pacer

ALARM, CRISIS, APPROVAL, PUBLIC, BOARD = -1, 0, 1, 2, 3
GROUP, ANOTHER_GROUP, CITIZEN, COORDINATOR = -100_1, -100_2, 51, 52
EXACT = 1e-3  # tolerance of the counting, far below any limit


def most_in_any(times: list[float], seconds: float) -> int:
    best, start = 0, 0
    for end, time in enumerate(times):
        while time - times[start] >= seconds - EXACT:
            start += 1
        best = max(best, end - start + 1)
    return best


def send_all(
    pacer: Pacer, wanted: list[tuple[int, int, bool]], until: float
) -> list[tuple[float, int, int, bool]]:
    """A sender as the outbox is one: the most urgent that may go, else sleep until one may."""
    waiting, now, sent = sorted(wanted, key=lambda w: w[1]), 0.0, []
    while waiting and now < until:
        waits = [pacer.ready_in(chat, lane, now, edit=edit) for chat, lane, edit in waiting]
        best = min(range(len(waiting)), key=lambda i: waits[i])
        if waits[best] > 0:
            now += waits[best]
            continue
        chat, lane, edit = waiting.pop(best)
        pacer.take(chat, lane, now, edit=edit)
        sent.append((now, chat, lane, edit))
    return sent


calls = st.tuples(
    st.sampled_from([GROUP, ANOTHER_GROUP, CITIZEN, COORDINATOR]),
    st.sampled_from([ALARM, CRISIS, APPROVAL, PUBLIC, BOARD]),
    st.booleans(),
    st.floats(min_value=0, max_value=5),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(calls, max_size=250))
def test_no_limit_is_exceeded_in_any_window_and_the_answer_is_true(
    asked: list[tuple[int, int, bool, float]],
) -> None:
    pacer, now = Pacer(), 0.0
    messages: dict[int, list[float]] = {}
    edits: dict[int, list[float]] = {}
    everything: list[float] = []
    for chat, lane, edit, pause in asked:
        now += pause
        wait = pacer.ready_in(chat, lane, now, edit=edit)
        assert 0 <= wait <= 63
        now += wait
        assert pacer.ready_in(chat, lane, now, edit=edit) == 0, "what ready_in promises, holds"
        pacer.take(chat, lane, now, edit=edit)
        everything.append(now)
        (edits if edit else messages).setdefault(chat, []).append(now)
    assert most_in_any(everything, 1.0) <= 25
    for times in messages.values():
        assert most_in_any(times, 3.0) <= 3
    for group in (GROUP, ANOTHER_GROUP):
        assert most_in_any(messages.get(group, []), 60.0) <= 18
        assert most_in_any(edits.get(group, []), 60.0) <= 20


def test_routine_fills_a_group_only_up_to_the_places_kept() -> None:
    sent = send_all(Pacer(), [(GROUP, BOARD, False)] * 300, until=600)
    times = [now for now, *_ in sent]
    assert most_in_any(times, 60.0) == 14
    assert len(times) >= 9 * 14, "and it does use what it has"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(min_value=0, max_value=240), st.sampled_from([PUBLIC, BOARD]), st.booleans())
def test_a_crisis_behind_300_routine_cards_goes_within_two_seconds(
    at: float, lane: int, approvals_too: bool
) -> None:
    pacer = Pacer()
    routine = [(GROUP, lane, False)] * 300 + [(GROUP, APPROVAL, False)] * (100 if approvals_too else 0)
    sent = send_all(pacer, routine, until=at)
    now = max(at, sent[-1][0] if sent else 0.0)
    assert pacer.ready_in(GROUP, CRISIS, now) <= 2.0
    assert pacer.ready_in(COORDINATOR, CRISIS, now) <= 2.0


def test_approvals_pass_routine_but_leave_places_for_a_crisis() -> None:
    pacer = Pacer()
    send_all(pacer, [(GROUP, BOARD, False)] * 300, until=30)
    now = 30.0
    for _ in range(2):
        now += pacer.ready_in(GROUP, APPROVAL, now)
        pacer.take(GROUP, APPROVAL, now)
    assert now < 40, "two approvals had places of their own"
    assert pacer.ready_in(GROUP, APPROVAL, now) > 5
    assert pacer.ready_in(GROUP, CRISIS, now) == 0


def test_a_short_burst_to_a_person_and_then_one_a_second() -> None:
    times = [now for now, *_ in send_all(Pacer(), [(COORDINATOR, CRISIS, False)] * 12, until=60)]
    assert times[:3] == [0, 0, 0]
    assert 9 <= times[-1] <= 10.5


def test_edits_of_a_group_do_not_use_up_its_messages() -> None:
    pacer = Pacer()
    edits = send_all(pacer, [(GROUP, BOARD, True)] * 100, until=59)
    assert len(edits) == 16
    assert pacer.ready_in(GROUP, BOARD, edits[-1][0] + 1) == 0


def alarm_waits(others: list[int], seconds: float) -> tuple[list[tuple[float, float]], int]:
    """An alarm every four seconds, and others that want to edit all the time: since when each alarm was due
    and how long it waited, and how often the others came.
    """
    pacer, now, due, waits, went = Pacer(), 0.0, 0.0, [], 0
    while now < seconds:
        if now >= due and pacer.ready_in(GROUP, ALARM, now, edit=True) == 0:
            pacer.take(GROUP, ALARM, now, edit=True)
            waits.append((due, now - due))
            due = now + 4
        for lane in others:
            if pacer.ready_in(GROUP, lane, now, edit=True) == 0:
                pacer.take(GROUP, lane, now, edit=True)
                went += 1
        now += 0.25
    return waits, went


@pytest.mark.parametrize("others", [[], [CRISIS], [BOARD], [CRISIS, APPROVAL, PUBLIC, BOARD]])
def test_an_alarm_every_four_seconds_waits_for_no_other_edit(others: list[int]) -> None:
    waits, went = alarm_waits(others, seconds=660)
    later = [waited for due, waited in waits if due > 63]
    assert len(later) >= 145, "ten minutes of them, once what was taken in one burst has left the window"
    assert max(later) <= 1.0
    assert went >= 35 or not others, "and the others are not shut out"


def test_alarms_that_follow_a_steady_flow_of_edits_find_room_at_once() -> None:
    """Nobody knew that an emergency would come: what others took leaves the window little by little."""
    pacer, now, waited = Pacer(), 0.0, []
    for second in range(0, 126, 4):  # the most that routine may take, evenly
        assert pacer.ready_in(GROUP, BOARD, second, edit=True) == 0
        pacer.take(GROUP, BOARD, second, edit=True)
    now = 126.0
    for _ in range(60):
        wait = pacer.ready_in(GROUP, ALARM, now, edit=True)
        waited.append(wait)
        pacer.take(GROUP, ALARM, now + wait, edit=True)
        while pacer.ready_in(GROUP, BOARD, now + wait, edit=True) == 0:
            pacer.take(GROUP, BOARD, now + wait, edit=True)
        now += wait + 4
    assert max(waited) <= 1.0


def test_the_last_message_of_a_minute_is_for_somebody_at_risk() -> None:
    pacer = Pacer()
    sent = send_all(pacer, [(GROUP, CRISIS, False)] * 50, until=50)
    assert len(sent) == 17
    assert pacer.ready_in(GROUP, CRISIS, 50) > 0
    assert pacer.ready_in(GROUP, ALARM, 50) == 0


def test_when_the_alarms_are_over_the_others_have_their_places_again() -> None:
    pacer = Pacer()
    for number in range(16):
        pacer.take(GROUP, ALARM, number * 4.0, edit=True)
    later = [now for now, *_ in send_all(pacer, [(GROUP, BOARD, True)] * 100, until=400)]
    assert most_in_any([now for now in later if now > 130], 63.0) == 16
    pacer = Pacer()
    pacer.take(GROUP, ALARM, 0, edit=True)
    beside = send_all(pacer, [(GROUP, BOARD, True)] * 100, until=29)
    assert most_in_any([now for now, *_ in beside], 12.0) == 4
    assert pacer.ready_in(GROUP, BOARD, 31, edit=True) == 0, "it was the only one"


def test_a_refusal_silences_its_chat_and_no_other() -> None:
    pacer = Pacer()
    pacer.freeze(GROUP, 30, now=100)
    for lane in (CRISIS, BOARD):
        assert pacer.ready_in(GROUP, lane, 100) == 30
        assert pacer.ready_in(GROUP, lane, 100, edit=True) == 30
        assert pacer.ready_in(ANOTHER_GROUP, lane, 100) == 0
        assert pacer.ready_in(CITIZEN, lane, 100) == 0
    assert pacer.ready_in(GROUP, CRISIS, 130) == 0


def test_a_shorter_refusal_does_not_shorten_a_longer_one() -> None:
    pacer = Pacer()
    pacer.freeze(GROUP, 30, now=0)
    pacer.freeze(GROUP, 5, now=1)
    assert pacer.ready_in(GROUP, CRISIS, 6) == 24


def test_three_chats_refused_in_one_second_mean_the_bot() -> None:
    pacer = Pacer()
    pacer.freeze(1, 30, now=0)
    pacer.freeze(1, 30, now=0.3)
    pacer.freeze(2, 8, now=0.6)
    assert pacer.ready_in(99, CRISIS, 0.6) == 0, "two chats, one of them twice, are two"
    pacer.freeze(3, 10, now=0.9)
    assert pacer.ready_in(99, CRISIS, 0.9) == pytest.approx(7.7)
    assert pacer.ready_in(1, CRISIS, 0.9) == pytest.approx(29.4)
    assert pacer.ready_in(99, CRISIS, 8.7) == 0


def test_three_chats_refused_over_three_seconds_are_three_chats() -> None:
    pacer = Pacer()
    for chat in range(1, 9):
        pacer.freeze(chat, 30, now=chat * 0.8)
    assert pacer.ready_in(99, BOARD, 8 * 0.8) == 0


def test_ten_thousand_chats_do_not_stay_in_memory_for_ever() -> None:
    pacer, now, dice = Pacer(), 0.0, random.Random(1)
    for _ in range(10_000):
        chat = dice.randrange(1, 10**9)
        now += pacer.ready_in(chat, PUBLIC, now)
        pacer.take(chat, PUBLIC, now)
        now += 0.1
    assert len(pacer._chats) < 4_500


def test_limits_can_be_set_by_measurement() -> None:
    pacer = Pacer(Limits(chat=Limit(1, 10.0)))
    pacer.take(CITIZEN, BOARD, 0)
    assert pacer.ready_in(CITIZEN, CRISIS, 4) == pytest.approx(6)
