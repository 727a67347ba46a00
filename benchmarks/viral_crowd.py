"""What people write on a viral day: copies of twelve matters, all sorts, emergencies, and one who needs help.

Everything in it is invented. The same seed makes the same day.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from benchmarks.matters_noise import copy_of
from benchmarks.million_town import words
from classifiers.default.model import load_shipped
from classifiers.labels import Label

MATTERS = 12
COPIES, EMERGENCIES = 0.60, 0.02
_TRUTH = Path(__file__).parent / "matters" / "matters.jsonl"
TROUBLED = "Rasanya saya sudah tidak ingin hidup lagi."
_DANGER = (
    "tolong kebakaran di {place}, banyak orang terjebak, kirim damkar sekarang",
    "darurat, rumah warga di {place} terbakar dan api membesar, tolong segera kirim bantuan",
    "tolong, ada orang hanyut terseret arus banjir di {place}, butuh perahu karet secepatnya",
    "longsor menimpa rumah di {place}, masih ada orang tertimbun, tolong kirim tim penyelamat",
    "kecelakaan parah di {place}, korban tidak sadar dan berdarah, tolong kirim ambulans",
)
_JUNK = (
    "SLOT GACOR maxwin hari ini daftar sekarang bonus {n} https://contoh{n}.id",
    "pinjaman cepat cair tanpa jaminan hubungi kami kode {n}",
    "wkwkwk admin tidur ya {n}",
    "jual followers murah aman bergaransi cek profil {n}",
)


class Kind(StrEnum):
    COPY = "copy"
    OTHER = "other"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Said:
    kind: Kind
    text: str


def viral_day(comments: int, seed: int = 7) -> list[Said]:
    """Of so many: 60 % about twelve matters, 2 % emergencies, one person in despair, the rest all sorts."""
    dice = random.Random(seed)
    matters = _matters()
    copies, emergencies = int(comments * COPIES), max(1, int(comments * EMERGENCIES))
    said = [Said(Kind.COPY, copy_of(matters[n % len(matters)], dice)) for n in range(copies)]
    said += [Said(Kind.EMERGENCY, danger(n)) for n in range(emergencies)]
    said += [Said(Kind.OTHER, words(n)) for n in range(comments - copies - emergencies - 1)]
    dice.shuffle(said)
    return [*said[: len(said) // 2], Said(Kind.CRISIS, TROUBLED), *said[len(said) // 2 :]]


def raid(comments: int, emergencies: int = 20) -> list[Said]:
    """Junk, in its midst the one in despair, and emergencies all along it."""
    said = [Said(Kind.JUNK, _JUNK[n % len(_JUNK)].format(n=n)) for n in range(comments)]
    for number in range(emergencies):
        said[(number + 1) * comments // (emergencies + 1)] = Said(Kind.EMERGENCY, danger(number))
    said[comments // 2 + 1] = Said(Kind.CRISIS, TROUBLED)
    return said


def danger(number: int) -> str:
    place = words(number).split(" di ", 1)[-1].split(",")[0]
    return _DANGER[number % len(_DANGER)].format(place=place)


def _matters() -> Sequence[str]:
    """The first twelve that the shipped classifier takes for no emergency: 2 % of the day are to be some."""
    with _TRUTH.open(encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    found = zip(texts, load_shipped().classify(texts), strict=True)
    calm = (text for text, seen in found if Label.EMERGENCY not in (*seen.labels, *seen.unsure))
    return list(islice(calm, MATTERS))
