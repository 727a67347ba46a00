"""Values that point elsewhere: people, targets, topics, paths, secrets, chats. Judged where they stand."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, SecretStr, ValidationInfo, WithJsonSchema

from bot.domain.people import Role
from bot.domain.steps import CHANNELS
from bot.domain.target import Target, TargetKind, parse_target
from bot.files.fault import did_you_mean, quote, token_column
from bot.files.fields import TOLD_ALREADY, refuse, written
from bot.files.known import SHIPPED, Known, context
from bot.files.nodes import Plain
from bot.files.secrets import FileSecret


def _person(raw: object, info: ValidationInfo) -> str:
    name = written(raw)
    people = context(info).people
    if name not in people and "people" not in context(info).unread:
        raise refuse(f"Orang {quote(name)} tidak ada di daftar people.", did_you_mean(name, people))
    return name


def _target(raw: object, info: ValidationInfo) -> Target:
    target = _target_name(raw, info)
    if not context(info).judged or "people" in context(info).unread:
        return target
    if target.kind is TargetKind.ROLE and not context(info).holders(Role(target.name)):
        hint = "Beri peran itu kepada seseorang di people."
        raise refuse(f"Belum ada orang dengan peran {quote(target.name)}.", hint)
    return target


def _approver(raw: object, info: ValidationInfo) -> Target:
    """Only coordinators approve, so whoever is named must be one."""
    target = _target(raw, info)
    if not context(info).judged or "people" in context(info).unread:
        return target
    hint = "Tulis role:koordinator, atau person:ID seorang koordinator."
    if target.kind is TargetKind.PERSON:
        if target.name not in context(info).holders(Role.KOORDINATOR):
            raise refuse(f"{quote(target.name)} bukan koordinator, jadi tidak bisa menyetujui templat.", hint)
    elif (target.kind, target.name) != (TargetKind.ROLE, Role.KOORDINATOR):
        raise refuse(f"{quote(str(target))} tidak bisa menyetujui templat.", hint)
    return target


def _target_name(raw: object, info: ValidationInfo) -> Target:
    """A target that may have nobody behind it: a permission, not a call."""
    text = written(raw)
    if not context(info).judged:
        return parse_target(text)
    kind, colon, name = text.partition(":")
    names = _names(context(info))
    if kind not in names or not colon or not name:
        raise refuse(f"Rujukan {quote(text)} tidak terbaca.", _meant(text, names))
    if name not in names[kind] and _SECTIONS.get(kind) not in context(info).unread:
        raise refuse(f"{_SAID[kind]} {quote(name)} tidak ada.", did_you_mean(name, names[kind]))
    return Target(TargetKind(kind), name)


_SAID = {"role": "Peran", "group": "Kelompok", "oncall": "Rota", "unit": "Unit", "person": "Orang"}
_SECTIONS = {"group": "groups", "oncall": "rota", "unit": "units", "person": "people"}


def _names(known: Known) -> dict[str, frozenset[str]]:
    """Everything that can be referred to, by kind."""
    return {
        TargetKind.ROLE.value: frozenset(role.value for role in Role),
        TargetKind.GROUP.value: known.groups,
        TargetKind.ONCALL.value: known.rotas,
        TargetKind.UNIT.value: known.units,
        TargetKind.PERSON.value: frozenset(known.people),
    }


def _meant(text: str, names: dict[str, frozenset[str]]) -> str:
    """A bare name is taken for the first thing that has it; else the whole reference for a misspelt one."""
    for kind, known in names.items():
        if text in known:
            return f"Maksud Anda {quote(f'{kind}:{text}')}?"
    every = [f"{kind}:{name}" for kind, known in names.items() for name in known]
    near = did_you_mean(text, every)
    how = "Tulis seperti role:koordinator, group:nama, oncall:nama, atau unit:nama."
    return near if near.startswith("Maksud") else how


def _target_or_acker(raw: object, info: ValidationInfo) -> Target:
    return Target(TargetKind.ACKER) if written(raw) == TargetKind.ACKER else _target(raw, info)


def _topic(raw: object, info: ValidationInfo) -> str:
    key = written(raw)
    topics = context(info).topics
    if topics is not None and key not in topics:
        raise refuse(f"Topik {quote(key)} tidak ada di daftar topik.", did_you_mean(key, topics))
    return key


_TEMPLATE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"


def template_id(raw: object) -> str:
    """Read `topic/short-name`."""
    text = written(raw)
    if not re.fullmatch(_TEMPLATE_ID, text) or len(text) > 48:
        raise refuse(
            f"ID templat {quote(text)} harus berbentuk topik/nama-pendek.", "Contoh: jalan/laporan-diterima"
        )
    return text


def _template(raw: object, info: ValidationInfo) -> str:
    name = template_id(raw)
    templates = context(info).templates
    if templates is not None and name not in templates:
        raise refuse(f"Templat {quote(name)} tidak ada.", did_you_mean(name, templates))
    return name


def _channel(raw: object) -> str:
    text = written(raw)
    if text not in CHANNELS:
        raise refuse(f"Kanal {quote(text)} tidak dikenal.", did_you_mean(text, CHANNELS))
    return text


SHIPPED_FILES = {
    "playbooks": "playbooks",
    "templates": "playbooks/replies",
    "topics": "playbooks/topics.yaml",
    "neutral_words": "playbooks/neutral-words.yaml",
}
"""Where the word for what is shipped leads, per key of the configuration."""


def find(text: str, folder: Path, shipped: str) -> Path:
    """Where a path of the configuration leads: from its folder, or to what comes with the product."""
    return Path(__file__).resolve().parents[2] / shipped if text == SHIPPED else folder / text


def _path(raw: object, info: ValidationInfo, shipped: str) -> Path:
    text = written(raw)
    path = find(text, context(info).folder, shipped)
    if not path.exists():
        raise refuse(f"Berkas atau folder {quote(text)} tidak ditemukan.", "Dicari dari folder config.yaml.")
    return path


def _playbook_path(raw: object, info: ValidationInfo) -> Path:
    return _path(raw, info, SHIPPED_FILES["playbooks"])


def _template_path(raw: object, info: ValidationInfo) -> Path:
    return _path(raw, info, SHIPPED_FILES["templates"])


def _topic_path(raw: object, info: ValidationInfo) -> Path:
    return _path(raw, info, SHIPPED_FILES["topics"])


def _neutral_path(raw: object, info: ValidationInfo) -> Path:
    return _path(raw, info, SHIPPED_FILES["neutral_words"])


SECRET = r"^(\$\{[A-Z][A-Z0-9_]*\}|file:/.+)$"  # noqa: S105 - the shape of a reference, not a secret
_HOW = "Tulis ${NAMA_VARIABEL} atau file:/run/… lalu simpan isinya di sana."


def _secret(raw: object, info: ValidationInfo) -> SecretStr:
    text = written(raw)
    if token_column(text):
        # The reader already told that a token stands in this file; here it only must not go any further.
        raise refuse(TOLD_ALREADY)
    if not re.fullmatch(SECRET, text):
        raise refuse("Rahasia tidak boleh ditulis langsung di sini.", _HOW)
    if text.startswith("file:"):
        return _secret_file(Path(text.removeprefix("file:")))
    name = text[2:-1]
    content = context(info).env.get(name, "").strip()
    if not content:
        raise refuse(f"Variabel lingkungan {name} belum diisi.", f"Contoh: export {name}=…")
    return SecretStr(content)


def _secret_file(path: Path) -> SecretStr:
    try:
        content = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise refuse(f"Berkas rahasia {quote(path)} tidak dapat dibaca.") from None
    if not content:
        raise refuse(f"Berkas rahasia {quote(path)} kosong.")
    return FileSecret(content, path)


def chat_id(raw: object) -> int:
    """Read the id of a group or channel; what people mistake for it is explained."""
    text = written(raw)
    if text.startswith("@"):
        raise refuse(
            "Tulis ID berupa angka, bukan nama @.", "Kirim /status di obrolan itu untuk melihat ID-nya."
        )
    if not isinstance(raw, Plain) or not re.fullmatch(r"-?[1-9]\d{0,15}", text):
        raise refuse(f"ID obrolan {quote(text)} tidak terbaca.", "Contoh: -1001234567890")
    if int(text) > 0:
        raise refuse(
            f"ID grup dan kanal selalu diawali tanda minus, bukan {quote(text)}.", "Contoh: -1001234567890"
        )
    return int(text)


def supergroup_id(raw: object) -> int:
    """Read the id of a channel or of its discussion group."""
    chat = chat_id(raw)
    if not str(chat).startswith("-100") or len(str(chat)) < 8:
        raise refuse(f"ID kanal dan grup diskusi selalu diawali -100, bukan {quote(chat)}.")
    return chat


_TARGET_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^(role|group|oncall|unit|person):[a-z0-9-]+$"})
_TEXT = WithJsonSchema({"type": "string"})
PersonRef = Annotated[str, BeforeValidator(_person), _TEXT]
ApproverRef = Annotated[Target, BeforeValidator(_approver), _TARGET_SCHEMA]
TargetRef = Annotated[Target, BeforeValidator(_target), _TARGET_SCHEMA]
TargetName = Annotated[Target, BeforeValidator(_target_name), _TARGET_SCHEMA]
TargetOrAcker = Annotated[
    Target,
    BeforeValidator(_target_or_acker),
    WithJsonSchema({"type": "string", "pattern": "^(acker|(role|group|oncall|unit|person):[a-z0-9-]+)$"}),
]
TemplateId = Annotated[
    str, BeforeValidator(template_id), WithJsonSchema({"type": "string", "pattern": _TEMPLATE_ID})
]
TemplateRef = Annotated[
    str, BeforeValidator(_template), WithJsonSchema({"type": "string", "pattern": _TEMPLATE_ID})
]
ChannelRef = Annotated[
    str, BeforeValidator(_channel), WithJsonSchema({"type": "string", "enum": list(CHANNELS)})
]
TopicRef = Annotated[str, BeforeValidator(_topic), _TEXT]
PlaybookPath = Annotated[Path, BeforeValidator(_playbook_path), _TEXT]
TemplatePath = Annotated[Path, BeforeValidator(_template_path), _TEXT]
TopicPath = Annotated[Path, BeforeValidator(_topic_path), _TEXT]
NeutralPath = Annotated[Path, BeforeValidator(_neutral_path), _TEXT]
Secret = Annotated[SecretStr, BeforeValidator(_secret), WithJsonSchema({"type": "string", "pattern": SECRET})]
ChatId = Annotated[int, BeforeValidator(chat_id), WithJsonSchema({"type": "integer", "maximum": -1})]
SupergroupId = Annotated[
    int, BeforeValidator(supergroup_id), WithJsonSchema({"type": "integer", "maximum": -1})
]
