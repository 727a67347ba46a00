"""The base of every file model, and the way from a tree to a checked model with every fault at its place."""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.files.explain import explain
from bot.files.fault import Fault
from bot.files.known import Known
from bot.files.nodes import Loc, Node, value


class Section(BaseModel):
    """A mapping of a file. Unknown keys are faults; what was given is never repeated by pydantic itself."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True
    )


SectionT = TypeVar("SectionT", bound=Section)


def validate(model: type[SectionT], root: Node, known: Known) -> tuple[SectionT | None, list[Fault]]:
    """Check a tree against a model. Gives the model, or None and everything that is wrong."""
    try:
        return model.model_validate(value(root), context=known), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        told = [explain(fault, root, section_at(model, tuple(fault["loc"][:-1]))) for fault in found]
        return None, [fault for fault in told if fault is not None]


def validate_frozen(model: type[SectionT], root: Node, known: Known) -> tuple[SectionT | None, list[Fault]]:
    """The same of a text that another version has accepted: keys that this one does not know are left out."""
    held: Any = value(root)
    try:
        return model.model_validate(held, context=known), []
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            if fault["type"] == "extra_forbidden":
                _leave_out(held, tuple(fault["loc"]))
    try:
        return model.model_validate(held, context=known), []
    except ValidationError:
        return validate(model, root, known)


def _leave_out(held: object, loc: Loc) -> None:
    """A path of pydantic names the kind of a step between its number and its keys."""
    node: Any = held
    for step in loc[:-1]:
        by_key = isinstance(node, dict) and step in node
        node = node[step] if by_key or isinstance(step, int) else node
    node.pop(loc[-1], None)


def section_at(model: type[Section], loc: Loc) -> type[Section] | None:
    """The section that a path leads into, for the names that it knows; None where it leads elsewhere."""
    kind: Any = model
    for step in loc:
        kind = _below(kind, step)
    members = [member for member in _members(kind) if _is_section(member)]
    return members[0] if len(members) == 1 else None


def key_names(model: type[Section]) -> dict[str, Any]:
    """What a section's keys are called in the file, with their annotations."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def sections_in(kind: Any) -> Iterator[type[Section]]:
    """Every section that can stand in a value of this kind, directly or in a list or mapping."""
    for member in _members(kind):
        if _is_section(member):
            yield member
        else:
            for part in get_args(member):
                if part is not Ellipsis:
                    yield from sections_in(part)


def _below(kind: Any, step: int | str) -> Any:
    for member in _members(kind):
        if _is_section(member):
            names = key_names(member)
            if step in names:
                return names[str(step)]
            if step == _branch(member):
                return member
        elif isinstance(step, int) and get_origin(member) in {list, tuple}:
            return get_args(member)[0]
        elif get_origin(member) is dict:
            return get_args(member)[1]
    return kind if isinstance(step, int) else None


def _members(kind: Any) -> list[Any]:
    """The kinds that a value may have, with annotations and None peeled off."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin in {Union, UnionType}:
        return [m for member in get_args(kind) if member is not NoneType for m in _members(member)]
    return [kind]


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def _branch(section: type[Section]) -> str | None:
    """The value of `uses` that selects this section in a union of steps."""
    uses = section.model_fields.get("uses")
    if uses is None or get_origin(uses.annotation) is not Literal:
        return None
    return str(get_args(uses.annotation)[0])
