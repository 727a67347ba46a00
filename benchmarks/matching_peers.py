"""What else could find a known claim: each takes the texts and gives a search, as its manual says."""

import importlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from itertools import pairwise

from classifiers.text import normalise

Search = Callable[[str], list[int]]
Peer = Callable[[Sequence[str]], Search]
_PERMUTATIONS = 128
_THRESHOLD = 0.4


def full_text(texts: Sequence[str]) -> Search:
    """SQLite FTS5, any of the words, ranked by BM25."""
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE claim USING fts5 (text)")
    conn.executemany(
        "INSERT INTO claim (rowid, text) VALUES (?, ?)",
        ((number, normalise(text)) for number, text in enumerate(texts)),
    )

    def search(text: str) -> list[int]:
        words = dict.fromkeys(re.findall(r"\w+", normalise(text)))
        query = " OR ".join(f'"{word}"' for word in words)
        found = conn.execute("SELECT rowid FROM claim WHERE claim MATCH ? ORDER BY rank LIMIT 5", (query,))
        return [row[0] for row in found]

    return search


def datasketch(texts: Sequence[str]) -> Search:
    """Its MinHash LSH; the nearest by estimated Jaccard first."""
    library = importlib.import_module("datasketch")

    def sketch(text: str):  # type: ignore[no-untyped-def]  # a class of a library that may not be there
        made = library.MinHash(num_perm=_PERMUTATIONS)
        made.update_batch([shingle.encode() for shingle in _shingles(text)])
        return made

    lsh = library.MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    kept = []
    for number, text in enumerate(texts):
        kept.append(sketch(text))
        lsh.insert(number, kept[-1])

    def search(text: str) -> list[int]:
        asked = sketch(text)
        return sorted(lsh.query(asked), key=lambda number: -asked.jaccard(kept[number]))[:5]

    return search


def rensa(texts: Sequence[str]) -> Search:
    """Its RMinHash LSH, the same way."""
    library = importlib.import_module("rensa")

    def sketch(text: str):  # type: ignore[no-untyped-def]  # a class of a library that may not be there
        made = library.RMinHash(num_perm=_PERMUTATIONS, seed=42)
        made.update(_shingles(text))
        return made

    lsh = library.RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=32)
    kept = []
    for number, text in enumerate(texts):
        kept.append(sketch(text))
        lsh.insert(number, kept[-1])

    def search(text: str) -> list[int]:
        asked = sketch(text)
        return sorted(lsh.query(asked), key=lambda number: -asked.jaccard(kept[number]))[:5]

    return search


def _shingles(text: str) -> list[str]:
    """Words and neighbours of the normalised text, as ours."""
    words = normalise(text).split()
    return sorted({*words, *map(" ".join, pairwise(words))}) or [""]


# The largest comes last: what it leaves in pieces when it is gone would be counted against the next.
PEERS: dict[str, Peer] = {"SQLite FTS5": full_text, "rensa": rensa, "datasketch": datasketch}
