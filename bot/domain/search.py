"""What somebody looks for with /cari: words and filters, as data.

Words are compared in their plain form (spelling, slang, doubled words), which whoever asks hands in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.case import CaseId, CaseStatus
from bot.domain.errors import BadInput

Plain = Callable[[str], str]
"""A text in its plain form, words between blanks; what must not be found in it is left out."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that stand beside each other. `begins`: any word that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """All of `terms`, none of `without`. Empty means anything: labels and statuses too.

    `author` is looked for in the citizen's name alone, `terms` also there.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    author: str = ""
    labels: tuple[str, ...] = ()
    statuses: tuple[CaseStatus, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    case: CaseId | None = None
    like: CaseId | None = None
    """Of those that say the same as this case, and itself."""
    lapor: str = ""
    """Of this number at SP4N-LAPOR!; it stands alone."""

    @property
    def by_words(self) -> bool:
        """Whether words are looked for at all, or only filters given."""
        return bool(self.terms or self.author)


def plainly(wanted: Search, plain: Plain) -> Search:
    """The same in plain words. Raises BadInput where nothing is left that could be looked for."""
    terms, without = _plain_terms(wanted.terms, plain), _plain_terms(wanted.without, plain)
    author = plain(wanted.author)
    if (wanted.terms and not terms) or (wanted.author and not author):
        raise BadInput("search_hidden")
    found = replace(wanted, terms=terms, without=without, author=author)
    if found.without and not found.by_words:
        raise BadInput("search_without")
    return found


def _plain_terms(terms: tuple[Term, ...], plain: Plain) -> tuple[Term, ...]:
    """The beginning of a word is no word yet: it keeps its spelling."""
    folded = (replace(term, text=term.text.lower() if term.begins else plain(term.text)) for term in terms)
    return tuple(term for term in folded if term.text)


def fits(wanted: Search, plain_text: str) -> bool:
    """Whether a text in plain words has them, for the few that no index holds."""
    padded = f" {plain_text} "
    return all(_has(padded, term) for term in wanted.terms) and not any(
        _has(padded, term) for term in wanted.without
    )


def _has(padded: str, term: Term) -> bool:
    return f" {term.text}" in padded if term.begins else f" {term.text} " in padded
