"""Templates that were proposed in the chat, as a file of replies: for version control, or another machine."""

from collections.abc import Iterable
from typing import Any

import yaml

from bot.domain.template import ANY_COORDINATOR, Slot, SlotKind, Template

_WIDE = 10_000


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as they read, and lists below their key are indented."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is PyYAML's
        """The loader knows no anchors: what stands twice is written twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002 - as there
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def replies_yaml(topic: str, templates: Iterable[Template]) -> str:
    """A file that the loader reads as these very templates: the same words, the same fingerprint."""
    rows = [_row(one) for one in templates]
    whole = {"replies": "v1", "topic": topic, "templates": rows}
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)


def _row(one: Template) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "labels": list(one.labels),
        **({"topics": list(one.topics)} if one.topics else {}),
        "text": one.text,
        **({"slots": {slot.name: _slot(slot) for slot in one.slots}} if one.slots else {}),
        "owner": one.owner,
        **({} if one.approver == ANY_COORDINATOR else {"approver": one.approver}),
        **({"source": one.source} if one.source else {}),
        **({"basis": one.basis} if one.basis else {}),
        "version": one.version,
        "valid_until": one.valid_until,
        "state": "proposed",
    }


def _slot(slot: Slot) -> dict[str, object]:
    if slot.kind is not SlotKind.NAME:
        raise ValueError(f"templates of the chat have no gap like {slot.name}")
    return {"type": "name"}
