"""Where the templates of a conflict's playbooks use a word that takes a side."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.domain.loaded_words import LoadedWords, heard
from bot.domain.playbook import Playbook
from bot.domain.steps import Answer, Compose
from bot.files.fault import Fault, fault_at, quote
from bot.files.nodes import Entries, Scalar, descend, rows, text_of
from bot.files.sources import Source, read_kind
from bot.files.text_places import place_in


def loaded_advice(
    paths: Iterable[Path], words: LoadedWords, playbooks: Sequence[Playbook]
) -> Iterator[Fault]:
    """Where a template of one of the list's playbooks uses one of its words: the very place of the word."""
    minding = [one for one in playbooks if one.id in words.playbooks]
    used = {
        step.uses.template for one in minding for step in one.steps if isinstance(step.uses, Compose | Answer)
    }
    sources, _ = read_kind(paths, "replies")
    for source in sources:
        own = text_of(source.root.get("topic")) in words.playbooks
        for row in rows(source.root.get("templates")):
            if own or text_of(row.get("id")) in used:
                yield from _in_template(source, row, words)


def _in_template(source: Source, row: Entries, words: LoadedWords) -> Iterator[Fault]:
    for node in _public(row):
        for one in heard(node.text, words.words):
            said = node.text[one.start : one.end]
            place = place_in(node, one.start, source.data)
            why = f" {one.word.why}" if one.word.why else ""
            yield fault_at(place, f"Kata {quote(said)} tidak netral.{why}", f"Gantinya: {one.word.say}.")


def _public(row: Entries) -> Iterator[Scalar]:
    """What citizens may come to read: the text, the choices, what stands where nothing is known."""
    found = [row.get("text")]
    slots = row.get("slots")
    for _, slot in slots.pairs if isinstance(slots, Entries) else ():
        found.append(descend(slot, ("fallback",)))
        choices = descend(slot, ("choices",))
        found += [held for _, held in choices.pairs] if isinstance(choices, Entries) else []
    yield from (node for node in found if isinstance(node, Scalar))
