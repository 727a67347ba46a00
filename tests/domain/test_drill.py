"""What of a scenario comes when; and when a playbook is to be practised again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drill import Practice, revision, scenes
from bot.domain.scenario import Inject, Scenario, StagedComment
from bot.domain.target import ACKER, parse_target

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
QUIET = Scenario("air", "kabar-air", "Air", "Rekaan.", timedelta(hours=1), "burst")
minutes = st.integers(0, 120).map(lambda count: timedelta(minutes=count))
comments = st.builds(StagedComment, minutes, st.sampled_from(["Laras", "Joko"]), st.text(max_size=9))
injects = st.builds(
    Inject, minutes, st.sampled_from([ACKER, parse_target("role:piket")]), st.text(max_size=9)
)
scenarios = st.builds(
    lambda said, asked: replace(QUIET, comments=tuple(said), injects=tuple(asked)),
    st.lists(comments, max_size=6),
    st.lists(injects, max_size=6),
)


@given(scenarios)
def test_everything_within_its_time_comes_once_in_order_under_its_own_number(scenario: Scenario) -> None:
    found = scenes(scenario)
    assert [one.number for one in found] == list(range(len(found)))
    assert [one.at for one in found] == sorted(one.at for one in found)
    staged: list[StagedComment | Inject] = [*scenario.comments, *scenario.injects]
    assert len(found) == sum(one.at <= scenario.lasts for one in staged)
    assert all(one.what in staged and one.at == one.what.at for one in found)


@given(scenarios, scenarios)
def test_another_text_is_another_revision_and_the_same_is_the_same(one: Scenario, other: Scenario) -> None:
    assert (revision(one) == revision(other)) is (one == other)
    assert 0 <= revision(one) < 2**63


def test_it_is_time_again_only_after_the_time_that_the_playbook_names() -> None:
    quarter = timedelta(days=90)
    assert not Practice(QUIET, "Air", quarter, None).is_overdue(NOW)
    assert not Practice(QUIET, "Air", quarter, NOW - quarter).is_overdue(NOW)
    assert Practice(QUIET, "Air", quarter, NOW - quarter - timedelta(seconds=1)).is_overdue(NOW)
    assert not Practice(QUIET, "Air", None, NOW - 9 * quarter).is_overdue(NOW)


def test_what_was_never_practised_is_late_when_its_playbook_has_been_here_for_so_long() -> None:
    quarter, over = timedelta(days=90), NOW - timedelta(days=91)
    assert Practice(QUIET, "Air", quarter, known=over).is_overdue(NOW)
    assert not Practice(QUIET, "Air", quarter, known=NOW - quarter).is_overdue(NOW)
    other = Practice(QUIET, "Air", quarter, practised=NOW - timedelta(days=3), known=over)
    assert not other.is_overdue(NOW), "the playbook was practised by another scenario"
    assert Practice(QUIET, "Air", quarter, practised=over, known=over).is_overdue(NOW)
