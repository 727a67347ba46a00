"""What people type about a claim: a finding in a few words, with its sources among them."""

import re

_LINK = re.compile(r"https?://[^\s<>\"']+")
_ONLY_A_NAME = re.compile(r"\s*(?:sumber|tautan|link)(?:nya)?\s*:?\s*", re.IGNORECASE)
_AROUND = ".,;:)]}\u201d"


def read_finding(text: str) -> tuple[str, tuple[str, ...]]:
    """The words, and the addresses that stand among them, each once."""
    links = tuple(dict.fromkeys(found.rstrip(_AROUND) for found in _LINK.findall(text)))
    words = _LINK.sub(" ", text)
    kept = [line for line in words.split("\n") if not _ONLY_A_NAME.fullmatch(line)]
    return " ".join(" ".join(kept).split()), links
