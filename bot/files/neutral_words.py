"""The list of words that take a side in a conflict, each with a neutral one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.loaded_words import LoadedWord, LoadedWords
from bot.files.fault import Fault, FilesFaulty, fault_at, quote, without_echoes
from bot.files.fields import ShortText, Slug, Text
from bot.files.known import Known
from bot.files.nodes import Entries, rows, texts
from bot.files.section import Section, validate
from bot.files.sources import read_kind, wrong_kind

_Word = Annotated[Text, Field(max_length=60)]


class WordRow(Section):
    words: tuple[_Word, ...] = Field(min_length=1, description="Kata atau ungkapan, huruf besar-kecil sama.")
    say: ShortText = Field(description="Cara netral menyebutnya.")
    why: ShortText | None = Field(default=None, description="Apa yang salah dengan kata itu.")


class NeutralFile(Section):
    neutral: Literal["v1"] = Field(description="Versi format berkas ini.")
    playbooks: tuple[Slug, ...] = Field(min_length=1, description="Playbook yang kata-katanya dijaga.")
    words: tuple[WordRow, ...] = Field(min_length=1, description="Kata yang dihindari dan gantinya.")


def load_neutral_words(path: Path) -> LoadedWords:
    """Read the list. Raises FilesFaulty."""
    words, faults = read_neutral_words(path)
    if faults:
        raise FilesFaulty(faults)
    return words


def read_neutral_words(path: Path) -> tuple[LoadedWords, list[Fault]]:
    """As load_neutral_words, with the faults beside."""
    sources, faults = read_kind([path], "neutral")
    words = LoadedWords()
    for root in (source.root for source in sources):
        if missing := wrong_kind(root, "neutral"):
            faults += missing
            continue
        model, found = validate(NeutralFile, root, Known())
        faults += without_echoes(faults, [*found, *_twice(root)])
        if model is not None:
            listed = [LoadedWord(word, row.say, row.why or "") for row in model.words for word in row.words]
            words = LoadedWords(frozenset(model.playbooks), tuple(listed))
    return words, faults


def _twice(root: Entries) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for row in rows(root.get("words")):
        for word in texts(row.get("words")):
            name = " ".join(word.text.casefold().split())
            if name in seen:
                yield fault_at(word.place, f"Kata {quote(word.text)} sudah tertulis di baris {seen[name]}.")
            seen.setdefault(name, word.place.line)
