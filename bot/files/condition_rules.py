"""Rules of conditions: they look back, at steps and answers that exist, and compare what can be compared."""

from collections.abc import Iterator, Sequence

from bot.domain.expression import (
    STEP_STATES,
    Comparison,
    Condition,
    Expression,
    Junction,
    Literal,
    Name,
    Negation,
    Sort,
)
from bot.domain.expression_parser import ExpressionFault, parse
from bot.domain.incident import Severity
from bot.domain.playbook import Playbook, Step
from bot.domain.steps import Ask, Publish, Request, Wait
from bot.files.fault import Fault, Place, did_you_mean, fault_at, quote
from bot.files.nodes import Entries, Items, Loc, Node, Scalar, descend, rows, text_of, within
from bot.files.rule_places import Sheet

NO_EVENT = "Tambahkan on.event, atau pakai sumber lain."
_FITS = {
    Sort.COUNT: {Sort.COUNT, Sort.ANSWER},
    Sort.LENGTH: {Sort.LENGTH},
    Sort.TEXT: {Sort.TEXT, Sort.ANSWER},
    Sort.SEVERITY: {Sort.SEVERITY, Sort.TEXT},
    Sort.FLAG: {Sort.FLAG},
    Sort.ANSWER: {Sort.COUNT, Sort.TEXT, Sort.ANSWER},
}
_SAID = {
    Sort.COUNT: "bilangan, misalnya 3",
    Sort.LENGTH: "lama waktu, misalnya 2h",
    Sort.TEXT: "teks di antara kutip",
    Sort.SEVERITY: "tingkat, misalnya 'tinggi'",
    Sort.FLAG: "true atau false",
    Sort.ANSWER: "teks atau bilangan",
}


def condition_faults(sheet: Sheet) -> Iterator[Fault]:
    """All that is wrong with the conditions of one playbook."""
    playbook = sheet.playbook
    for number, step in enumerate(playbook.steps):
        if step.condition is not None:
            yield from _judged(sheet, ("steps", number, "if"), step.condition, number)
        if isinstance(step.uses, Wait) and step.uses.until is not None:
            yield from _judged(sheet, ("steps", number, "with", "until"), step.uses.until, number)
        if isinstance(step.uses, Publish) and step.uses.correct_when is not None:
            yield from _judged(
                sheet, ("steps", number, "with", "correct_when"), step.uses.correct_when, number
            )
    for number, clock in enumerate(playbook.clocks):
        if clock.met_when is not None:
            yield from _judged(sheet, ("clocks", number, "met_when"), clock.met_when, len(playbook.steps))
    if playbook.resolve.when is not None:
        yield from _judged(sheet, ("resolve", "when"), playbook.resolve.when, len(playbook.steps))


def tree_condition_faults(root: Entries) -> Iterator[Fault]:
    """Of a file that has not the right shape: the steps that its conditions look at, read from the tree, so
    that a fault elsewhere hides none. Where a step has no name, nobody can tell which are wrong.
    """
    steps = root.get("steps")
    ids = [text_of(row.get("id")) for row in rows(steps)]
    if not isinstance(steps, Items) or len(ids) < len(steps.items) or "" in ids:
        return
    for node, before in _written(root):
        if not isinstance(node, Scalar):
            continue
        for name in _names(node):
            if name.parts[0] == "steps":
                place = within(node, node.place, name.column - 1)
                yield from _looks_back(ids, name.parts[1], before, place)


def _written(root: Entries) -> Iterator[tuple[Node | None, int]]:
    """Every condition as it stands there, with the number of steps that it may look back at."""
    steps = rows(root.get("steps"))
    for number, row in enumerate(steps):
        for loc in (("if",), ("with", "until"), ("with", "correct_when")):
            yield descend(row, loc), number
    for clock in rows(root.get("clocks")):
        yield clock.get("met_when"), len(steps)
    yield descend(root, ("resolve", "when")), len(steps)


def _names(node: Scalar) -> Sequence[Name]:
    try:
        return parse(node.text.strip()).names
    except ExpressionFault:
        return ()  # what cannot be read is told by its field


def _judged(sheet: Sheet, loc: Loc, expression: Expression, before: int) -> Iterator[Fault]:
    for name in expression.names:
        if name.parts[0] == "steps":
            yield from _step_named(sheet, loc, name, before)
        if name.parts[0] == "event" and not sheet.playbook.triggers.event:
            message = "Playbook ini tidak terbuka lewat kabar dari luar."
            yield fault_at(sheet.inside(loc, name), message, NO_EVENT)
    for comparison in _comparisons(expression.tree):
        yield from _compared(sheet, loc, comparison)


def _step_named(sheet: Sheet, loc: Loc, name: Name, before: int) -> Iterator[Fault]:
    _, step_id, part = name.parts
    ids = [step.id for step in sheet.playbook.steps]
    place = sheet.inside(loc, name)
    if missed := list(_looks_back(ids, step_id, before, place)):
        yield from missed
        return
    step = sheet.playbook.steps[ids.index(step_id)]
    answers = _answers(step)
    if part not in STEP_STATES and part not in answers:
        known = [*answers, "done", "skipped"]
        message = f"Langkah {quote(step_id)} tidak punya {quote(part)}."
        yield fault_at(place, message, did_you_mean(part, known))


def _looks_back(ids: Sequence[str], step_id: str, before: int, place: Place) -> Iterator[Fault]:
    if step_id not in ids:
        yield fault_at(place, f"Langkah {quote(step_id)} tidak ada.", did_you_mean(step_id, ids))
    elif ids.index(step_id) >= before:
        yield fault_at(
            place, f"Langkah {quote(step_id)} baru ada sesudah ini.", "Syarat hanya melihat ke atas."
        )


def _answers(step: Step) -> list[str]:
    """What can be asked of a step's answer."""
    if not isinstance(step.uses, Ask | Request):
        return []
    choice = ["choice"] if isinstance(step.uses, Ask) and step.uses.choices else []
    return [*choice, *(field.id for field in step.uses.fields)]


def _comparisons(node: Condition) -> Iterator[Comparison]:
    match node:
        case Comparison():
            yield node
        case Negation(inner):
            yield from _comparisons(inner)
        case Junction(_, parts):
            for part in parts:
                yield from _comparisons(part)
        case Literal() | Name():
            return


def _compared(sheet: Sheet, loc: Loc, comparison: Comparison) -> Iterator[Fault]:
    left, right = comparison.left, comparison.right
    if right.sort not in _FITS[left.sort] and left.sort not in _FITS[right.sort]:
        name, other = (left, right) if isinstance(left, Name) else (right, left)
        message = f"{quote(name)} tidak bisa dibandingkan dengan {quote(other)}."
        yield fault_at(sheet.inside(loc, other), message, f"Bandingkan dengan {_SAID[name.sort]}.")
        return
    for name, value in ((left, right), (right, left)):
        if isinstance(name, Name) and isinstance(value, Literal) and isinstance(value.value, str):
            known = _possible(sheet.playbook, name)
            if known and value.value not in known:
                message = f"{quote(name)} tidak pernah bernilai {quote(value.value)}."
                yield fault_at(sheet.inside(loc, value), message, did_you_mean(value.value, known))


def _possible(playbook: Playbook, name: Name) -> list[str]:
    """Every value that the name can have, where there are only so many."""
    if name.sort is Sort.SEVERITY:
        return [severity.value for severity in Severity]
    step = playbook.step(name.parts[1]) if name.parts[0] == "steps" else None
    if step is None or not isinstance(step.uses, Ask | Request):
        return []
    if name.parts[2] == "choice" and isinstance(step.uses, Ask):
        return [key for key, _ in step.uses.choices]
    return [key for field in step.uses.fields if field.id == name.parts[2] for key, _ in field.choices]
