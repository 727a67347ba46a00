"""Which templates fit a comment, and the reason in words a person can check."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.template import Template, Usability, usable

_BEST = 3
CHOSEN = "Dipilih untuk klaim ini."
"""The reason where a person chose it for the claim that a comment tells."""
# A shared topic says more about fit than a shared label, and a word more than nothing.
_TOPIC, _LABEL, _WORD = 4, 3, 1
_MOST_WORDS = 3
_ENOUGH_WORDS = 2
"""Where neither the topic nor the label is shared: one word like "lama" stands in every second comment."""

_LABEL_WORDS: Mapping[str, str] = {
    "question": "pertanyaan",
    "complaint": "keluhan",
    "hoax": "klaim terkait hoaks",
    "hate": "ujaran kebencian",
    "abusive": "kata kasar",
    "emergency": "darurat",
    "spam": "spam",
    "praise": "apresiasi",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A template that fits, how well, why, and whether it may be used today."""

    template: Template
    score: int
    reason: str
    usability: Usability


def suggest(
    templates: Iterable[Template],
    labels: Collection[str],
    topics: Collection[str],
    words: Collection[str],
    today: date,
    approved: Mapping[str, str],
) -> tuple[Suggestion, ...]:
    """The best three for a comment, best first.

    `words`: the comment's normalised words. `approved`: per template id the approved fingerprint. Usable ones
    come first. One that fits better but may not be used (expired, not approved) keeps the last place, so that
    people see what is missing.
    """
    found = [
        _score(template, labels, topics, words, usable(template, approved.get(template.id), today))
        for template in templates
    ]
    # Of equals, what sends the citizen to another office comes last.
    fitting = [s for s in found if s.score > 0]
    ranked = sorted(fitting, key=lambda s: (-s.score, bool(s.template.hands_over), s.template.id))
    good = [s for s in ranked if s.usability.ok]
    blocked = [s for s in ranked if not s.usability.ok]
    if blocked and (not good or blocked[0].score > good[0].score):
        return (*good[: _BEST - 1], *blocked[: max(1, _BEST - len(good))])[:_BEST]
    return (*good, *blocked)[:_BEST]


def _score(
    template: Template,
    labels: Collection[str],
    topics: Collection[str],
    words: Collection[str],
    usability: Usability,
) -> Suggestion:
    shared_labels = [label for label in template.labels if label in labels]
    shared_topics = [topic for topic in template.topics if topic in topics]
    shared_words = [word for word in template.keywords if word in words][:_MOST_WORDS]
    # Words of praise under a complaint would be worse than no suggestion at all.
    clash = bool(labels) and bool(template.labels) and not shared_labels
    # So would words about water under any question: what is made for a topic needs more than the label.
    general = bool(shared_labels) and (not template.topics or bool(shared_words))
    score = (
        _LABEL * bool(shared_labels) + _TOPIC * len(shared_topics) + _WORD * len(shared_words)
        if not clash and (shared_topics or general or len(shared_words) >= _ENOUGH_WORDS)
        else 0
    )
    parts = [f"topik {topic.replace('-', ' ')}" for topic in shared_topics]
    parts += [_LABEL_WORDS.get(label, label) for label in shared_labels]
    parts += [f"kata “{word}”" for word in shared_words]
    reason = f"Cocok: {', '.join(parts)}." if parts else ""
    if parts and not usability.ok:
        reason = f"{reason} {usability.reason}"
    return Suggestion(template, score, reason, usability)
