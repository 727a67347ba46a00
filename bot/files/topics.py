"""Topic lists: words per subject, folded the same way as the comments they are matched against."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.topic import Topic, fold
from bot.files.fault import Fault, FilesFaulty, fault_at, quote, without_echoes
from bot.files.fields import ShortText, Slug, Text
from bot.files.known import Known
from bot.files.nodes import Entries, descend, texts
from bot.files.section import Section, validate
from bot.files.sources import read_kind, wrong_kind

Normalise = Callable[[str], str]
_Entry = Annotated[Text, Field(max_length=80)]


class TopicRow(Section):
    name: ShortText = Field(description="Nama topik yang tampil.")
    words: tuple[_Entry, ...] = Field(default=(), description="Kata yang cocok sebagai satu kata utuh.")
    phrases: tuple[_Entry, ...] = Field(default=(), description="Beberapa kata berurutan.")
    exceptions: tuple[_Entry, ...] = Field(
        default=(), alias="except", description="Ungkapan yang dianggap tidak ada."
    )


class TopicsFile(Section):
    topics: Literal["v1"] = Field(description="Versi format berkas ini.")
    entries: dict[Slug, TopicRow] = Field(min_length=1, description="Topik per kunci.")


def load_topics(path: Path, normalise: Normalise = str) -> tuple[Topic, ...]:
    """Read the topic list in file order.

    `normalise` is what the classifier does to comments before matching, so that a list entry written in full
    still meets its slang. Raises FilesFaulty.
    """
    topics, faults = read_topics(path, normalise)
    if faults:
        raise FilesFaulty(faults)
    return topics


def read_topics(path: Path, normalise: Normalise = str) -> tuple[tuple[Topic, ...], list[Fault]]:
    """As load_topics, with the faults beside."""
    sources, faults = read_kind([path], "topics")
    topics: list[Topic] = []
    for root in (source.root for source in sources):
        if missing := wrong_kind(root, "topics"):
            faults += missing
            continue
        model, found = validate(TopicsFile, root, Known())
        faults += without_echoes(faults, [*found, *_entry_faults(root, normalise)])
        if model is not None:
            topics += [_topic(key, row, normalise) for key, row in model.entries.items()]
    return tuple(topics), faults


def topic_keys(path: Path) -> frozenset[str] | None:
    """The keys of a topic list, or None where it cannot be read; its faults are told by read_topics."""
    sources, _ = read_kind([path], "topics")
    entries = [source.root.get("entries") for source in sources]
    keys = frozenset(key.text for node in entries if isinstance(node, Entries) for key, _ in node.pairs)
    return keys or None


def _topic(key: str, row: TopicRow, normalise: Normalise) -> Topic:
    def ready(entries: tuple[str, ...]) -> tuple[str, ...]:
        # Both spellings: the normaliser may turn a list entry into something no citizen writes.
        return tuple(dict.fromkeys(f for e in entries for f in (fold(e), fold(normalise(e))) if f))

    return Topic(key, row.name, ready(row.words), ready(row.phrases), ready(row.exceptions))


def _entry_faults(root: Entries, normalise: Normalise) -> Iterator[Fault]:
    entries = root.get("entries")
    for key, row in entries.pairs if isinstance(entries, Entries) else ():
        seen: dict[str, int] = {}
        said = [t for name in ("words", "phrases") for t in texts(descend(row, (name,)))]
        if isinstance(row, Entries) and not said:
            yield fault_at(key.place, f"Topik {quote(key.text)} tidak punya words atau phrases.")
        for entry in said:
            folded = fold(entry.text)
            if not folded:
                yield fault_at(entry.place, f"Isian {quote(entry.text)} tidak memuat huruf atau angka.")
            elif folded in seen:
                yield fault_at(
                    entry.place, f"Isian {quote(entry.text)} sudah tertulis di baris {seen[folded]}."
                )
            seen.setdefault(folded, entry.place.line)
        folded_entries = {fold(normalise(text)) for text in seen} | seen.keys()
        for phrase in texts(descend(row, ("except",))):
            padded = f" {fold(phrase.text)} | {fold(normalise(phrase.text))} "
            if not any(f" {entry} " in padded for entry in folded_entries):
                message = f"Pengecualian {quote(phrase.text)} tidak memuat satu pun isian topik ini."
                yield fault_at(phrase.place, message, "Tanpa itu ia tidak berpengaruh; hapus atau perbaiki.")
