"""What opens a playbook, which comments are one matter, and how people are named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crisis_world import CADANGAN, KOORDINATOR, LADDER, MEDSOS, PENDAMPING, PIMPINAN, PLAYBOOK
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incident import Phase, Severity
from bot.domain.playbook import Step
from bot.domain.steps import Notify
from bot.domain.target import ACKER, Target, TargetKind, parse_target
from bot.domain.trigger import (
    BurstTrigger,
    CommentTrigger,
    GroupBy,
    Matter,
    Triggers,
    burst_reached,
    claim_of_group,
    counts_for_burst,
    group_key,
    matches_comment,
    parse_group_by,
)
from classifiers.labels import Label

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BURST = BurstTrigger(Label.HOAX, count=5, within=timedelta(minutes=10), topics=("gempa", "tsunami"))


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("trigger", "labels", "topics", "reason"),
    [
        (CommentTrigger(Label.HOAX), {Label.HOAX: 0.7}, (), "label=hoax score=0.70"),
        (CommentTrigger(Label.HOAX), {Label.SPAM: 0.9}, (), None),
        (CommentTrigger(Label.HOAX, min_confidence=0.95), {Label.HOAX: 0.94}, (), None),
        (CommentTrigger(Label.HOAX, min_confidence=0.95), {Label.HOAX: 0.95}, (), "label=hoax score=0.95"),
        (CommentTrigger(topics=("bunuh-diri",)), {}, ("banjir", "bunuh-diri"), "topics=bunuh-diri"),
        (CommentTrigger(topics=("bunuh-diri",)), {Label.EMERGENCY: 1.0}, ("banjir",), None),
        (CommentTrigger(Label.HOAX, ("a", "b")), {Label.HOAX: 1.0}, ("b",), "label=hoax score=1.00 topics=b"),
        (CommentTrigger(Label.HOAX, ("gempa",)), {Label.HOAX: 1.0}, (), None),
        (CommentTrigger(), {Label.HOAX: 1.0}, ("gempa",), None),
    ],
)  # fmt: skip
def test_one_comment_opens_it_when_everything_asked_for_is_there(
    trigger: CommentTrigger, labels: dict[Label, float], topics: tuple[str, ...], reason: str | None
) -> None:
    assert matches_comment(trigger, labels, topics) == reason


def test_a_burst_is_so_many_within_so_much_time() -> None:
    four = [ago(minutes=minute) for minute in (1, 9, 3, 5)]
    assert not burst_reached(BURST, four, NOW)
    assert burst_reached(BURST, [*four, ago(minutes=9.9)], NOW)
    assert not burst_reached(BURST, [*four, ago(minutes=10)], NOW)


def test_what_a_person_has_closed_is_not_counted_again() -> None:
    times = [ago(minutes=minute) for minute in (1, 2, 3, 4, 5, 6)]
    assert not burst_reached(BURST, times, NOW, since=ago(minutes=1.5))
    assert burst_reached(BURST, times, NOW, since=ago(minutes=8))


@given(st.lists(st.integers(0, 1200), max_size=30), st.integers(0, 600))
def test_waiting_never_makes_a_burst(seconds: list[int], wait: int) -> None:
    times = [ago(seconds=second) for second in seconds]
    if burst_reached(BURST, times, NOW + timedelta(seconds=wait)):
        assert burst_reached(BURST, times, NOW)


def test_a_burst_counts_comments_with_its_label_and_one_of_its_topics() -> None:
    assert counts_for_burst(BURST, {Label.HOAX}, ("tsunami",))
    assert not counts_for_burst(BURST, {Label.HOAX}, ("banjir",))
    assert not counts_for_burst(BURST, {Label.QUESTION}, ("tsunami",))
    assert counts_for_burst(replace(BURST, topics=()), {Label.HOAX}, ())


def test_one_matter_has_one_key() -> None:
    triggers = Triggers(burst=BURST, comment=CommentTrigger(topics=("erupsi",)))

    def key(by: GroupBy, **about: object) -> str:
        return group_key("hoaks", triggers, by, Matter(**about))  # type: ignore[arg-type]  # Matter's own fields

    assert key(GroupBy.CLAIM, claim="12") == "hoaks/claim:12"
    assert key(GroupBy.CASE, case="9", claim="12") == "hoaks/case:9"
    unknown = key(GroupBy.CLAIM, label=Label.HOAX, topics=("tsunami", "gempa", "banjir"))
    assert (
        unknown == key(GroupBy.TOPIC, label=Label.HOAX, topics=("gempa",)) == "hoaks/label:hoax/topic:gempa"
    )
    assert key(GroupBy.CLAIM, label=Label.HOAX, topics=("erupsi",)) != unknown


def test_groups_are_read_as_playbooks_write_them() -> None:
    assert [parse_group_by(text) for text in ("${{ claim.id }}", "${{case.id}}", "topic")] == list(GroupBy)
    for text in ("${{ user.id }}", "", "claim.id.id", "${{ claim.id"):
        with pytest.raises(ValueError, match="GroupBy"):
            parse_group_by(text)


def test_targets_are_read_as_playbooks_write_them() -> None:
    assert parse_target("oncall:medsos") == Target(TargetKind.ONCALL, "medsos")
    assert parse_target(" acker ") == ACKER
    for target in (MEDSOS, CADANGAN, KOORDINATOR, PIMPINAN, PENDAMPING, ACKER):
        assert parse_target(str(target)) == target


@given(st.text(max_size=20))
def test_whatever_is_no_target_is_refused_with_the_same_error(text: str) -> None:
    try:
        target = parse_target(text)
    except ValueError:
        return
    assert bool(target.name) is (target.kind is not TargetKind.ACKER)


def test_a_playbook_names_everybody_whom_its_runs_may_need() -> None:
    greet = Step("sapa", "Sapa", Notify("Siap."), to=(ACKER, PENDAMPING))
    playbook = replace(PLAYBOOK, steps=(greet,), private_to=parse_target("group:dua"))
    everybody = {MEDSOS, CADANGAN, KOORDINATOR, PIMPINAN, PENDAMPING, parse_target("group:dua")}
    assert playbook.targets() == everybody


def test_the_ladders_length_counts_every_round() -> None:
    assert LADDER.time_to_exhausted == timedelta(minutes=20)
    assert replace(LADDER, repeat=2).time_to_exhausted == timedelta(minutes=60)


def test_words_have_an_order() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == ["rendah", "sedang", "tinggi", "darurat"]
    assert [phase for phase in Phase if phase.going_on] == ["open", "monitoring"]


@given(st.integers(0, 10**9), st.sampled_from(["hoaks-viral", "a"]))
def test_the_claim_of_a_group_is_read_back(number: int, playbook: str) -> None:
    triggers = Triggers(burst=BURST)
    key = group_key(playbook, triggers, GroupBy.CLAIM, Matter(claim=str(number)))
    assert claim_of_group(key) == number
    for by in GroupBy:
        other = group_key(playbook, triggers, by, Matter(label=Label.HOAX, topics=("gempa",), case="7"))
        assert claim_of_group(other) is None
    assert claim_of_group("hoaks/case:12") is None
    assert claim_of_group("hoaks/manual:u:claim:3") is None
