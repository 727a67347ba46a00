"""How often each house rule was enforced, refused, taken back: for the report of a period."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.measure import DECIDED, Measure, State


@dataclass(frozen=True, slots=True)
class RuleCount:
    """Of one rule. `done` stands in public or did; `dry` was confirmed while nothing was sent."""

    rule: str
    done: int = 0
    dry: int = 0
    refused: int = 0
    undone: int = 0
    failed: int = 0


def by_rule(decided: Iterable[Measure]) -> tuple[RuleCount, ...]:
    """The rules by name; only those on which something was decided."""
    found: dict[str, list[Measure]] = {}
    for one in decided:
        found.setdefault(one.rule.name if one.rule is not None else "", []).append(one)
    return tuple(_count(rule, measures) for rule, measures in sorted(found.items()))


def _count(rule: str, measures: list[Measure]) -> RuleCount:
    real = [one for one in measures if one.state in DECIDED and not one.dry]
    failed = sum(one.state is State.FAILED for one in real)
    return RuleCount(
        rule,
        done=len(real) - failed,
        dry=sum(one.dry for one in measures),
        refused=sum(one.state is State.REFUSED for one in measures),
        undone=sum(one.state is State.UNDONE for one in real),
        failed=failed,
    )
