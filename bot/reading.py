"""A comment's text becomes a verdict: labels from the classifier, topics from the agency's word lists."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.comment import Verdict
from bot.domain.topic import Topic, match
from classifiers.base import Prediction
from classifiers.text import normalise

_REASONS = 4


class Reader:
    """What intake calls. The prediction waits in a batch of its own and never blocks the event loop."""

    def __init__(self, predict: Callable[[str], Awaitable[Prediction]], topics: Sequence[Topic]) -> None:
        self._predict = predict
        self._topics = tuple(topics)

    async def read(self, text: str) -> Verdict:
        found = await self._predict(text)
        return Verdict(
            labels=tuple(label.value for label in found.labels),
            unsure=tuple(label.value for label in found.unsure),
            scores=tuple((label.value, round(score, 4)) for label, score in found.scores.items()),
            reasons=tuple((reason.label.value, reason.text) for reason in found.reasons[: _REASONS * 2]),
            topics=match(self._topics, normalise(text)),
            model=found.model,
        )


def words_of(text: str) -> frozenset[str]:
    """The normalised words of a text, for finding templates that fit."""
    return frozenset(normalise(text).split())
