"""Scenario files: the made-up emergencies of exercises, checked against the playbook that they practise."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from bot.domain.outside import EPOCH, OutsideEvent, matches_event
from bot.domain.playbook import Playbook, Step
from bot.domain.scenario import Scenario
from bot.domain.steps import Approve, Ask, Checklist, Compose, Publish, Request, Uses
from bot.files.fault import Fault, did_you_mean, fault_at, quote, without_echoes
from bot.files.fields import duration
from bot.files.known import Known
from bot.files.nodes import Entries, Node, Scalar, descend, locate, named, rows, text_of, texts, twice
from bot.files.scenario_answers import answer_faults
from bot.files.section import validate
from bot.files.sections_scenario import ScenarioFile
from bot.files.sources import read_kind, wrong_kind

_WANTS: dict[str, tuple[type[Uses], ...]] = {
    "answer": (Ask, Request),
    "edit": (Compose,),
    "approve": (Approve,),
    "return": (Approve,),
    "reject": (Approve,),
    "posted": (Publish,),
    "tick": (Checklist,),
}
"""The kinds of step that each deed is about."""
_SAID = {
    Ask: "ask",
    Request: "request",
    Compose: "draft",
    Approve: "approve",
    Publish: "publish",
    Checklist: "checklist",
}
_ABOUT_A_STEP = frozenset({*_WANTS, "skip", "jump", "release"})


def read_scenarios(
    paths: Iterable[Path], known: Known, playbooks: Collection[Playbook]
) -> tuple[tuple[Scenario, ...], list[Fault]]:
    """Every scenario of these files and folders that could be read, and everything that is wrong."""
    sources, faults = read_kind(paths, "drill")
    by_id = {playbook.id: playbook for playbook in playbooks}
    scenarios: list[Scenario] = []
    first: dict[str, Scalar] = {}
    for root in (source.root for source in sources):
        if missing := wrong_kind(root, "drill"):
            faults += missing
            continue
        model, found = validate(ScenarioFile, root, known)
        own_id = [node for node in (root.get("id"),) if isinstance(node, Scalar)]
        ruled = [*_rules(root, by_id), *twice(own_id, "ID latihan", first)]
        faults += without_echoes(faults, [*found, *without_echoes(found, ruled)])
        if model is not None:
            scenarios.append(model.made())
    return tuple(scenarios), faults


def _rules(root: Entries, playbooks: dict[str, Playbook]) -> Iterator[Fault]:
    name = root.get("playbook")
    playbook = playbooks.get(text_of(name))
    if name is not None and text_of(name) and playbook is None:
        message = f"Playbook {quote(text_of(name))} tidak ada."
        yield fault_at(name.place, message, did_you_mean(text_of(name), playbooks))
    yield from _times(root)
    if playbook is not None:
        yield from _opening(root, playbook)
        yield from _event(root, playbook)
        for act in rows(root.get("acts")):
            yield from _act(act, playbook)
        for target in rows(root.get("targets")):
            yield from _named_step(target, playbook, needed=text_of(target.get("what")) == "done")


def _times(root: Entries) -> Iterator[Fault]:
    """Nothing happens after the end, and the lines of each list stand in their order."""
    end = _length(root.get("lasts"))
    for key, when in (("comments", "at"), ("injects", "at"), ("acts", "at"), ("targets", "within")):
        before = None
        for node in named(root.get(key), when):
            at = _length(node)
            if at is None:
                continue
            if end is not None and at > end:
                yield fault_at(node.place, "Ini sesudah latihan selesai.", "Perpanjang lasts, atau majukan.")
            if when == "at" and before is not None and at < before:
                yield fault_at(node.place, "Urutkan menurut waktu: ini lebih awal daripada baris di atasnya.")
            before = at


def _length(node: Node | None) -> float | None:
    try:
        return duration(text_of(node)).total_seconds()
    except PydanticCustomError:
        return None  # the model says what is wrong with it


def _opening(root: Entries, playbook: Playbook) -> Iterator[Fault]:
    node = root.get("opens")
    kind = text_of(node)
    if node is not None and hasattr(playbook.triggers, kind) and not getattr(playbook.triggers, kind):
        message = f"Playbook {quote(playbook.id)} tidak dibuka oleh {kind}."
        yield fault_at(node.place, message, "Pilih pemicu yang ada di bagian on playbook itu.")


def _event(root: Entries, playbook: Playbook) -> Iterator[Fault]:
    """The made-up message is there where it opens the exercise, and would open the playbook in earnest."""
    opens, node = root.get("opens"), root.get("event")
    if node is None:
        if opens is not None and text_of(opens) == "event":
            yield fault_at(
                opens.place, "Latihan yang dibuka kabar perlu event.", "Tulis source, kind, dan fields."
            )
        return
    if text_of(opens) != "event":
        yield fault_at(locate(root, ("event",), key=True), "event hanya untuk opens: event.")
    elif isinstance(node, Entries) and playbook.triggers.event:
        fields = descend(node, ("fields",))
        pairs = (
            [(name.text, text_of(held)) for name, held in fields.pairs] if isinstance(fields, Entries) else []
        )
        sent = OutsideEvent(text_of(node.get("source")), "", text_of(node.get("kind")), EPOCH, tuple(pairs))
        if not any(matches_event(trigger, sent) for trigger in playbook.triggers.event):
            message = f"Kabar ini tidak membuka playbook {quote(playbook.id)}."
            yield fault_at(
                node.place, message, "Samakan source, kind, dan isinya dengan on.event playbook itu."
            )


def _named_step(row: Entries, playbook: Playbook, *, needed: bool) -> Iterator[Fault]:
    node = row.get("step")
    ids = [step.id for step in playbook.steps]
    if node is None and needed:
        yield fault_at(row.place, "Baris ini perlu step.", "Sebut langkah playbook yang dikerjakan.")
    elif node is not None and text_of(node) and text_of(node) not in ids:
        message = f"Langkah {quote(text_of(node))} tidak ada di playbook {quote(playbook.id)}."
        yield fault_at(node.place, message, did_you_mean(text_of(node), ids))


def _act(act: Entries, playbook: Playbook) -> Iterator[Fault]:
    do = text_of(act.get("do"))
    yield from _named_step(act, playbook, needed=do in _ABOUT_A_STEP)
    node, step = act.get("step"), playbook.step(text_of(act.get("step")))
    if step is None or node is None or do not in _WANTS:
        return
    if not isinstance(step.uses, _WANTS[do]):
        kinds = " atau ".join(_SAID[kind] for kind in _WANTS[do])
        yield fault_at(node.place, f"{quote(do)} hanya untuk langkah {kinds}.")
        return
    yield from _details(act, step)


def _details(act: Entries, step: Step) -> Iterator[Fault]:
    """The choices, lines, items and channels that this step has."""
    uses = step.uses
    if isinstance(uses, Ask | Request):
        choices = [key for key, _ in uses.choices] if isinstance(uses, Ask) else []
        yield from _one_of([act.get("choice")], choices, "Pilihan", step)
        lines = descend(act, ("fields",))
        keys = [key for key, _ in lines.pairs] if isinstance(lines, Entries) else []
        yield from _one_of(keys, [field.id for field in uses.fields], "Isian", step)
        yield from answer_faults(act, uses)
    elif isinstance(uses, Checklist):
        ticked = act.get("items")
        yield from _one_of(texts(ticked) or [ticked], [item.id for item in uses.items], "Butir", step)
    elif isinstance(uses, Publish):
        yield from _one_of([act.get("channel")], uses.to, "Kanal", step)


def _one_of(nodes: Iterable[Node | None], known: Collection[str], what: str, step: Step) -> Iterator[Fault]:
    for node in nodes:
        text = text_of(node)
        if node is not None and text and text not in known:
            message = f"{what} {quote(text)} tidak ada di langkah {quote(step.id)}."
            yield fault_at(node.place, message, did_you_mean(text, known))
