"""What a report says of moderation."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.measure import Measure, MeasureId, State
from bot.domain.measure_tally import RuleCount, by_rule
from bot.domain.moderation import Ground, Rule
from bot.domain.people import PersonId

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SPAM, TONE = Rule("spam", "Tidak beriklan", Ground.SPAM), Rule("bahasa", "Bahasa", Ground.ABUSE)
ONE = Measure(
    MeasureId(1), CaseId(1), CommentId(1), 5, State.DONE, PersonId("ani"), NOW, NOW,
    rule=SPAM, decided_by=PersonId("kori"),
)  # fmt: skip


def test_each_rule_is_counted_by_how_it_ended() -> None:
    told = by_rule(
        [
            ONE,
            replace(ONE, state=State.UNDONE),
            replace(ONE, state=State.FAILED),
            replace(ONE, state=State.REFUSED),
            replace(ONE, dry=True),
            replace(ONE, rule=TONE, state=State.REFUSED),
        ]
    )
    assert told == (
        RuleCount("Bahasa", refused=1),
        RuleCount("Tidak beriklan", done=2, dry=1, refused=1, undone=1, failed=1),
    )


def test_nothing_decided_is_nothing_told() -> None:
    assert by_rule([]) == ()
