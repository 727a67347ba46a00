"""How hard a text is to read: LIX, adapted to Indonesian. See docs/decisions/tone.md.

Björnsson's LIX (1968; Anderson 1983 on languages other than Swedish) is words per sentence plus the share of
long words. Indonesian words grow by prefixes and suffixes without getting harder, so "long" begins at eight
letters here, not at seven: in texts that were written to be plain every fifth word is long then, as there.
"""

from dataclasses import dataclass

from bot.domain.sentences import WORD, Span, sentences, without_links

LONG_WORD = 8
HARD = 50.0
"""From here on LIX calls a text difficult."""
LONGEST_SENTENCE = 30
"""Words. Nothing that we ship has a sentence of more."""
_ENOUGH = 15
"""Of fewer words a share says nothing."""


@dataclass(frozen=True, slots=True)
class Ease:
    """`lix`: below 40 is plain, above 50 difficult. `longest`: the sentence of most words, and how many."""

    lix: float
    longest: Span
    words_in_longest: int

    @property
    def hard(self) -> bool:
        return self.lix > HARD or self.words_in_longest > LONGEST_SENTENCE


def ease_of(text: str) -> Ease | None:
    """None where the text is too short to be judged."""
    plain = without_links(text)
    counted = [(len(WORD.findall(plain, *span)), span) for span in sentences(plain)]
    counted = [(words, span) for words, span in counted if words]
    total = sum(words for words, _ in counted)
    if total < _ENOUGH:
        return None
    long = sum(len(word) >= LONG_WORD for word in WORD.findall(plain))
    most, where = max(counted)
    return Ease(total / len(counted) + 100 * long / total, where, most)
