"""House rules and measures: no path takes criticism away for its tone, and none by one person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import measure as rules
from bot.domain.audit_sample import drawn, month_of
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import CannotModerate, Outdated, Refused, WrongState
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.measure import DECIDED, Hand, Measure, State
from bot.domain.moderation import (
    DAYS,
    SILENCING,
    Bearing,
    Ground,
    Ours,
    Remedy,
    Rule,
    is_person,
    is_protected,
    labels_of,
    open_to,
    untouchable,
)
from bot.domain.people import PersonId, Zone
from classifiers.labels import Label

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ANI, KORI = PersonId("ani"), PersonId("kori")
PEOPLE = (ANI, KORI, PersonId("koko"))
SPAM = Rule("spam", "Tidak beriklan", Ground.SPAM)
FREE = Bearing()


def begun(bearing: Bearing = FREE) -> Measure:
    return rules.begin(CaseId(1), CommentId(1), bearing, Hand(ANI, 1, NOW))


def by(measure: Measure, person: PersonId = ANI) -> Hand:
    return Hand(person, measure.version, NOW)


def proposed(rule: Rule = SPAM, remedy: Remedy = Remedy.DELETE, days: int = 0) -> Measure:
    measure = rules.choose_rule(begun(), rule, by(begun()))
    measure = rules.choose_remedy(measure, remedy, days, "", FREE, by(measure))
    return rules.propose(measure, FREE, timedelta(hours=24), by(measure))


def confirmed(remedy: Remedy = Remedy.DELETE, days: int = 0) -> Measure:
    measure = proposed(remedy=remedy, days=days)
    return rules.confirm(measure, FREE, by(measure, KORI), dry=False)


GROUNDS, REMEDIES = st.sampled_from(Ground), st.sampled_from(Remedy)
BEARINGS = st.builds(Bearing, st.booleans(), st.booleans(), st.sampled_from(["", "", "team", "anonymous"]))
STEPS = st.one_of(
    st.tuples(st.just("rule"), st.builds(Rule, st.just("r"), st.just("R"), GROUNDS)),
    st.tuples(st.just("remedy"), REMEDIES, st.sampled_from([0, 1, 7, 30, 99])),
    st.tuples(
        st.sampled_from(
            ["propose", "confirm", "refuse", "withdraw", "expire", "done", "failed", "undo", "undone"]
        )
    ),
    st.tuples(st.just("unsure")),
    st.tuples(st.just("again")),
    st.tuples(st.just("stands")),
)


def step(measure: Measure, what: tuple, bearing: Bearing, hand: Hand, dry: bool) -> Measure:
    name, *more = what
    doing = {
        "rule": lambda: rules.choose_rule(measure, *more, hand),
        "remedy": lambda: rules.choose_remedy(measure, *more, "", bearing, hand),
        "propose": lambda: rules.propose(measure, bearing, timedelta(hours=1), hand),
        "confirm": lambda: rules.confirm(measure, bearing, hand, dry=dry),
        "unsure": lambda: rules.unsure(measure, 5, hand.at),
        "expire": lambda: rules.expire(measure, hand.at),
        "done": lambda: rules.done(measure, hand.at, 9),
        "failed": lambda: rules.failed(measure, "no", hand.at),
        "undone": lambda: rules.undone(measure, hand.at),
    }
    return doing.get(name, lambda: getattr(rules, name)(measure, hand))()


@given(
    st.lists(st.tuples(STEPS, BEARINGS, st.sampled_from(PEOPLE), st.booleans(), st.booleans()), max_size=25)
)
def test_no_path_takes_criticism_away_for_its_tone_or_by_one_person(walk: list) -> None:
    measure = begun()
    ever_protected = False
    for what, bearing, person, dry, current in walk:
        hand = Hand(person, measure.version if current else measure.version - 1, NOW)
        before = measure
        try:
            measure = step(measure, what, bearing, hand, dry)
        except Refused:
            assert measure is before
            continue
        ever_protected = measure.protected
        assert measure.version == before.version + 1
        if before.protected:
            assert measure.protected, "once protected, protected"
        if measure.state in DECIDED:
            assert measure.decided_by not in {None, measure.proposed_by}
            assert measure.rule is not None
        if measure.state in DECIDED and before.state not in DECIDED:
            assert not bearing.untouchable
            assert measure.remedy in open_to(measure.rule.ground, replace(bearing, protected=ever_protected))
            if ever_protected and measure.rule.ground is Ground.ABUSE:
                assert measure.remedy not in SILENCING


@given(GROUNDS, BEARINGS)
def test_what_is_open_follows_the_table(ground: Ground, bearing: Bearing) -> None:
    found = open_to(ground, bearing)
    if bearing.untouchable:
        assert found == frozenset()
        return
    assert Remedy.WARN in found, "a polite word is always possible"
    assert (Remedy.MOVE in found) is (ground is Ground.PERSONAL_DATA)
    if not bearing.person:
        assert Remedy.RESTRICT not in found, "Telegram keeps no channel quiet for a while"
    if bearing.protected and ground is Ground.ABUSE:
        assert found == {Remedy.WARN}
    if bearing.protected and ground is Ground.PERSONAL_DATA:
        assert found == {Remedy.HIDE, Remedy.WARN, Remedy.MOVE, Remedy.DELETE}


@pytest.mark.parametrize(
    ("author", "why"),
    [
        ("tg:8001", ""),
        ("chat:-1009", ""),
        ("chat:-1001", "ours"),
        ("tg:7001", "team"),
        ("tg:777000", "telegram"),
        ("tg:1087968824", "anonymous"),
        ("tg:136817688", "channel_bot"),
        ("", "unknown"),
        ("ig:ratna", "unknown"),
        ("tg:x", "unknown"),
    ],
)
def test_who_is_never_touched(author: str, why: str) -> None:
    assert untouchable(author, Ours(frozenset({-1001}), frozenset({7001}))) == why


def test_a_complaint_is_protected_however_unsure_and_whoever_said_so() -> None:
    assert is_protected(labels_of(("spam",), (), ("complaint",)))
    assert is_protected(frozenset({Label.COMPLAINT}))
    assert not is_protected(labels_of(("spam",), ("abusive",)))
    assert is_person("tg:1")
    assert not is_person("chat:-1")


def test_nothing_begins_against_one_of_ours() -> None:
    with pytest.raises(CannotModerate, match="team"):
        begun(Bearing(untouchable="team"))


def test_the_days_belong_to_restricting_alone() -> None:
    measure = rules.choose_rule(begun(), SPAM, by(begun()))
    for remedy, days in ((Remedy.RESTRICT, 0), (Remedy.RESTRICT, 2), (Remedy.BAN, 7)):
        with pytest.raises(CannotModerate, match="days"):
            rules.choose_remedy(measure, remedy, days, "", FREE, by(measure))
    assert confirmed(Remedy.RESTRICT, DAYS[1]).until == NOW + timedelta(days=7)


def test_what_became_protected_meanwhile_is_not_confirmed() -> None:
    measure = proposed(Rule("bahasa", "Pantas", Ground.ABUSE))
    with pytest.raises(CannotModerate, match="protected"):
        rules.confirm(measure, Bearing(protected=True), by(measure, KORI), dry=False)


def test_the_last_look_stops_what_changed() -> None:
    measure = confirmed()
    assert rules.obstacle(measure, FREE, CommentId(1)) == ""
    assert rules.obstacle(measure, FREE, CommentId(2)) == "edited"
    assert rules.obstacle(measure, Bearing(untouchable="team"), CommentId(1)) == "team"
    assert rules.obstacle(rules.done(measure, NOW), FREE, CommentId(1)) == "state"
    tone = confirmed()
    tone = replace(tone, rule=Rule("bahasa", "Pantas", Ground.ABUSE))
    assert rules.obstacle(tone, Bearing(protected=True), CommentId(1)) == "protected"


def test_undoing_gives_back_what_can_be_given_back() -> None:
    ban = rules.done(confirmed(Remedy.BAN), NOW)
    undoing = rules.undo(ban, by(ban, KORI))
    assert (undoing.state, undoing.undone_by) == (State.UNDOING, KORI)
    assert rules.undone(undoing, NOW).state is State.UNDONE
    assert rules.not_undone(undoing, "no", NOW).state is State.DONE
    gone = rules.done(confirmed(), NOW)
    with pytest.raises(CannotModerate, match="for_good"):
        rules.undo(gone, by(gone, KORI))
    hidden = confirmed(Remedy.HIDE)
    assert hidden.state is State.DONE
    assert rules.undo(hidden, by(hidden)).state is State.UNDONE


def test_a_dry_measure_is_done_without_anything_to_undo() -> None:
    measure = proposed(remedy=Remedy.BAN)
    dry = rules.confirm(measure, FREE, by(measure, KORI), dry=True)
    assert (dry.state, dry.dry) == (State.DONE, True)
    assert not rules.can_undo(dry)


def test_an_old_card_decides_nothing() -> None:
    measure = proposed()
    with pytest.raises(Outdated):
        rules.confirm(measure, FREE, Hand(KORI, measure.version - 1, NOW), dry=False)
    with pytest.raises(WrongState):
        rules.expire(confirmed(), NOW)


def test_dry_weeks_end_on_their_day_on_the_agencys_clock() -> None:
    house = HouseRules(mode=Mode.DRY, dry_until=date(2026, 11, 23), zone=Zone.WIT)
    assert house.mode_at(datetime(2026, 11, 23, 14, 59, tzinfo=UTC)) is Mode.DRY
    assert house.mode_at(datetime(2026, 11, 23, 15, 0, tzinfo=UTC)) is Mode.ON
    assert HouseRules().mode_at(NOW) is Mode.DRY
    assert HouseRules(mode=Mode.OFF).mode_at(NOW) is Mode.OFF


@given(st.lists(st.integers(1, 500), unique=True), st.text(max_size=8), st.integers(1, 20))
def test_a_sample_can_be_drawn_again(numbers: list[int], seed: str, size: int) -> None:
    first = drawn(numbers, seed, size)
    assert first == drawn(list(reversed(numbers)), seed, size)
    assert set(first) <= set(numbers)
    assert len(first) == min(size, len(numbers))


def test_every_decision_has_the_same_chance() -> None:
    met = [0] * 20
    for seed in range(2000):
        for number in drawn(range(20), str(seed), 5):
            met[number] += 1
    assert all(400 < times < 600 for times in met)


def test_months_begin_at_midnight_of_the_agency() -> None:
    assert month_of(datetime(2026, 12, 31, 18, tzinfo=UTC), Zone.WIB) == datetime(
        2026, 12, 31, 17, tzinfo=UTC
    )
    assert month_of(NOW, Zone.WIB, 2) == datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert month_of(NOW, Zone.WIB, -11) == datetime(2025, 11, 30, 17, tzinfo=UTC)
