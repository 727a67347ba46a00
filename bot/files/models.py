"""Where `classifier.model` and `classifier.shadow` lead, and what `check` says of one that leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from bot.files.fault import Fault, did_you_mean, fault_at, quote
from bot.files.fields import written
from bot.files.known import SHIPPED, context
from bot.files.nodes import Entries, Scalar, text_of

DEFAULT = "default"
_WORDS = (DEFAULT, SHIPPED)
_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def find_model(text: str, folder: Path) -> str:
    """What lies there from the folder of config.yaml, as everything else it names; otherwise as written."""
    if text in _WORDS:
        return text
    path = folder / Path(text).expanduser()
    return str(path) if path.exists() else text


def model_faults(root: Entries | None, folder: Path) -> Iterator[Fault]:
    """A model that is neither a word, a file, a folder nor the id of a published one.

    Said by `check` alone: a second model that is missing keeps nobody from work.
    """
    section = root.get("classifier") if root else None
    for key in ("model", "shadow"):
        node = section.get(key) if isinstance(section, Entries) else None
        text = text_of(node)
        if not isinstance(node, Scalar) or not text or text in _WORDS:
            continue
        if not Path(find_model(text, folder)).expanduser().exists() and not _may_be_id(text, folder):
            message = f"Model {quote(text)} tidak ditemukan: bukan berkas, folder, atau nama model."
            hint = f"Dicari dari folder config.yaml. {did_you_mean(text, _WORDS)}"
            yield fault_at(node.place, message, hint)


def _may_be_id(text: str, folder: Path) -> bool:
    """`owner/name`, unless the first part is a folder here: then a path was meant."""
    return bool(_ID.fullmatch(text)) and not (folder / text).parent.is_dir()


def _model(raw: object, info: ValidationInfo) -> str:
    return find_model(written(raw), context(info).folder)


ModelName = Annotated[str, BeforeValidator(_model), WithJsonSchema({"type": "string"})]
