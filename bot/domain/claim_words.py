"""What people type about a claim: a finding in a few words, with its sources among them."""

import re
from collections.abc import Collection

_LINK = re.compile(r"https?://[^\s<>\"']+")
_ONLY_A_NAME = re.compile(r"\s*(?:sumber|tautan|link)(?:nya)?\s*:?\s*", re.IGNORECASE)
_AROUND = ".,;:)]}\u201d"


def read_finding(text: str) -> tuple[str, tuple[str, ...]]:
    """The words, and the addresses that stand among them, each once."""
    links = _links(text)
    words = _LINK.sub(" ", text)
    kept = [line for line in words.split("\n") if not _ONLY_A_NAME.fullmatch(line)]
    return " ".join(" ".join(kept).split()), links


def names_a_source(text: str, sources: Collection[str]) -> bool:
    """Whether one of a finding's own sources stands in these words."""
    known = {source.rstrip("/") for source in sources}
    return any(link.rstrip("/") in known for link in _links(text))


def _links(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.rstrip(_AROUND) for found in _LINK.findall(text)))
