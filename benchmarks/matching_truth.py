"""The truth set as a stream of comments, and how well a grouping of them agrees with it."""

import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.matters_noise import DENIALS, copy_of

HOME = Path(__file__).parent / "matters"
FEWEST, MOST = 5, 40


class Kind(StrEnum):
    COPY = "copy"
    PARAPHRASE = "paraphrase"
    LOOK_ALIKE = "look_alike"
    DENIAL = "denial"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. `matter` names what it is about: two are to be together when it is the same."""

    text: str
    matter: str
    kind: Kind
    thread: str
    """Under which post it stands."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`joined`: of what joined by itself, how much belongs there. `precision` and `recall` count pairs."""

    joined: int
    rightly: int
    precision: float
    recall: float
    wrong: Mapping[Kind, int]
    short_wrong: int
    paraphrases: int
    paraphrases_offered: int

    @property
    def join_precision(self) -> float:
        return self.rightly / self.joined if self.joined else 1.0


def is_kept(matter: str) -> bool:
    """Whether the matter belongs to the half on which nothing is tuned."""
    return hashlib.sha256(matter.encode()).digest()[0] % 2 == 0


def stream(*, kept: bool, seed: int = 7) -> list[Said]:
    """One half as it would come in: everything mixed."""
    said: list[Said] = []
    for row in matters():
        if is_kept(row["id"]) == kept:
            said += _of_matter(row, random.Random(f"{seed}:{row['id']}"))
    said += [
        Said(text, f"{row['id']}:{thread}", Kind.SHORT, thread)
        for row in _rows("short")
        if is_kept(row["id"]) == kept
        for thread in ("a", "a", "b")
        for text in (row["text"],)
    ]
    random.Random(seed).shuffle(said)
    return said


def matters() -> list[dict[str, str]]:
    """The rows of both halves."""
    return _rows("matters")


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HOME / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _of_matter(row: dict[str, str], chance: random.Random) -> list[Said]:
    number, thread = row["id"], chance.choice("abc")
    # Many have few copies, a few have many.
    many = min(MOST, max(FEWEST, int(chance.paretovariate(0.9) * FEWEST)))
    said = [Said(row["text"], number, Kind.COPY, thread)]
    said += [Said(copy_of(row["text"], chance), number, Kind.COPY, thread) for _ in range(many - 1)]
    said.append(Said(row["paraphrase"], number, Kind.PARAPHRASE, thread))
    other = f"{number}:other"
    said.append(Said(row["look_alike"], other, Kind.LOOK_ALIKE, thread))
    said += [
        Said(copy_of(row["look_alike"], chance, whole=True), other, Kind.LOOK_ALIKE, thread)
        for _ in range(chance.randint(0, 3))
    ]
    if row["topic"] == "hoaks":
        denied = chance.choice(DENIALS).format(row["text"])
        said.append(Said(denied, f"{number}:denied", Kind.DENIAL, thread))
    return said


def agreement(said: Sequence[Said], clusters: Sequence[int], offered: Sequence[set[int]]) -> Agreement:
    """`clusters`: for every comment the number of the one that it stands with, its own if it stands alone.
    `offered`: for every comment the clusters that were proposed to a person.
    """
    first: dict[int, int] = {}
    joined = rightly = short_wrong = 0
    wrong: Counter[Kind] = Counter()
    for place, (one, cluster) in enumerate(zip(said, clusters, strict=True)):
        lead = first.setdefault(cluster, place)
        if lead == place:
            continue
        joined += 1
        if one.matter == said[lead].matter:
            rightly += 1
        else:
            wrong[one.kind] += 1
            short_wrong += one.kind is Kind.SHORT
    together, told_apart = _pairs(said, clusters)
    paraphrases = [place for place, one in enumerate(said) if one.kind is Kind.PARAPHRASE]
    homes = defaultdict(set)
    for one, cluster in zip(said, clusters, strict=True):
        if one.kind is Kind.COPY:
            homes[one.matter].add(cluster)
    met = sum(bool(homes[said[p].matter] & (offered[p] | {clusters[p]})) for p in paraphrases)
    return Agreement(joined, rightly, together, told_apart, dict(wrong), short_wrong, len(paraphrases), met)


def _pairs(said: Sequence[Said], clusters: Sequence[int]) -> tuple[float, float]:
    """Precision over all pairs that stand together, recall over all pairs of copies of one matter."""
    both: Counter[tuple[int, str]] = Counter()
    copies: Counter[tuple[int, str]] = Counter()
    for one, cluster in zip(said, clusters, strict=True):
        both[cluster, one.matter] += 1
        if one.kind is Kind.COPY:
            copies[cluster, one.matter] += 1
    by_cluster: Counter[int] = Counter()
    for (cluster, _), n in both.items():
        by_cluster[cluster] += n
    by_matter: Counter[str] = Counter()
    for (_, matter), n in copies.items():
        by_matter[matter] += n
    right, all_pairs = sum(map(_twos, both.values())), sum(map(_twos, by_cluster.values()))
    found, to_find = sum(map(_twos, copies.values())), sum(map(_twos, by_matter.values()))
    return (right / all_pairs if all_pairs else 1.0), (found / to_find if to_find else 1.0)


def _twos(n: int) -> int:
    return n * (n - 1) // 2
