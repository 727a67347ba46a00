"""The settings manual (docs/settings.md), printed from the models that read the settings."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.files.schema import write_schemas, written
from bot.files.section import Section, sections_in
from bot.files.settings import Settings
from bot.files.step_pages import write_step_pages

_HEAD = """# Pengaturan: `config.yaml`

Halaman ini dicetak dari kode yang membaca pengaturan (`bot/files/manual.py`); jangan disunting langsung.
Contoh lengkap yang siap disalin: [`config.example.yaml`](../config.example.yaml).
Periksa pengaturan Anda kapan saja dengan `tanggap check`.

- Lama waktu ditulis `90s` (detik), `10m` (menit), `2h` (jam), `180d` (hari).
- Batas menurut aturan (`clocks` di playbook) juga dalam waktu kerja: `3wd` (hari kerja), `8wh` (jam kerja).
- Jam ditulis `07:30`; hari ditulis `sen`, `sel`, `rab`, `kam`, `jum`, `sab`, `min`, atau rentang `sen-jum`.
- Rahasia tidak pernah ditulis di berkas: pakai `${NAMA_VARIABEL}` atau `file:/run/…`.
- Rujukan orang: `role:koordinator`, `group:nama`, `oncall:rota`, `unit:nama`, `person:nama`.
- `bawaan` berarti berkas yang disertakan bersama Tanggap.
"""


def settings_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for title, section in _pages(Settings, ""):
        parts.append(f"\n## {title}\n" if title else "\n## Bagian-bagian\n")
        parts.append("| kunci | bila tidak ditulis | arti |\n|---|---|---|")
        parts += [_line(section, name) for name in section.model_fields]
    return "\n".join(parts) + "\n"


def setting_paths() -> list[str]:
    """Every key that a configuration may hold, as dotted paths; [] stands for an item, {} for a free name."""
    return [f"{title}.{_key(s, n)}".lstrip(".") for title, s in _pages(Settings, "") for n in s.model_fields]


def _pages(section: type[Section], path: str) -> Iterator[tuple[str, type[Section]]]:
    yield path, section
    for name, field in section.model_fields.items():
        shape = str(field.annotation)
        mark = "[]" if shape.startswith("tuple") else "{}" if shape.startswith("dict") else ""
        for inner in sections_in(field.annotation):
            yield from _pages(inner, f"{path}.{_key(section, name)}{mark}".lstrip("."))


def _key(section: type[Section], name: str) -> str:
    return section.model_fields[name].alias or name


def _line(section: type[Section], name: str) -> str:
    field = section.model_fields[name]
    absent = "wajib diisi" if field.is_required() else _default(field.default)
    if (
        not field.is_required()
        and isinstance(field.annotation, type)
        and issubclass(field.annotation, Section)
    ):
        absent = "lihat bagiannya"
    return f"| `{_key(section, name)}` | {absent} | {field.description} |"


def _default(default: Any) -> str:
    value = written(default)
    if value is None or value in ([], {}, ""):
        return "kosong"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(map(str, value)) if isinstance(value, list) else value}`"


def write_docs(docs: Path) -> list[Path]:
    """Refresh everything under docs/ that is printed from the models; gives the files."""
    page = docs / "settings.md"
    page.write_text(settings_markdown(), encoding="utf-8")
    return [page, *write_schemas(docs / "schema"), *write_step_pages(docs / "steps")]


if __name__ == "__main__":
    for written_file in write_docs(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        sys.stdout.write(f"{written_file}\n")
