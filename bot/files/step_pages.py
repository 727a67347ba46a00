"""docs/steps/: a page for every kind of step, printed from the rows that read it and from one example."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bot.files.section import Section, key_names, sections_in
from bot.files.sections_steps import AnyStep

EXAMPLE = "contoh.yaml"
_COMMON = ("id", "name", "uses", "if", "needs", "basis")
_MEANS = {
    "freeze": "Menahan yang sudah dijadwalkan, supaya tidak ada unggahan yang terasa tidak peka di "
    "tengah krisis. Yang ditahan dilepas satu per satu oleh orang, saat insiden ditutup; "
    "tidak pernah lepas sendiri.",
    "snapshot": "Menyimpan bukti seperti adanya sekarang, lengkap dengan sidik sha256, sebelum diubah "
    "atau dihapus. Data pribadi di `mask` ditutup di setiap salinan yang ditampilkan.",
    "ask": "Bertanya kepada orang: satu pilihan, lalu isian. Jawabannya dipakai langkah sesudahnya "
    "di `if` dan `slots`. Tautan hanya diterima dari domain di `allow`; bot tidak membuka "
    "tautan apa pun.",
    "request": "Meminta data kepada unit lain. Unit itu disebut di laporan. Bila tak dijawab, playbook "
    "bisa lanjut dengan “masih kami pastikan” (`on_timeout: continue`).",
    "draft": "Menyusun teks dari templat dan isian. Isian yang kosong dibaca “belum kami ketahui”. "
    "Siapa pun yang menyuntingnya menjadi penulis, dan penulis tidak bisa menyetujui.",
    "approve": "Meminta persetujuan orang yang bukan penulis. Satu kata diubah, persetujuan dimulai "
    "lagi. Waktu habis tidak pernah berarti setuju.",
    "publish": "Menayangkan teks yang disetujui. Kanal yang tak terjangkau bot dikerjakan orang, yang "
    "mengirim kembali tautannya. Kirim yang meragukan tidak diulang sendiri oleh bot.",
    "reply": "Membalas komentar satu per satu dengan teks yang disetujui bersama jumlah penerimanya. "
    "Komentar yang datang sesudah persetujuan tidak ikut dibalas.",
    "checklist": "Hal-hal yang dicentang orang. Selesai bila semua butir wajib dicentang; `due` dihitung "
    "sejak langkah siap.",
    "cadence": "Pertanyaan yang datang lagi secara berkala sampai insiden ditutup, supaya warga tidak "
    "menunggu kabar terlalu lama.",
    "notify": "Memberi tahu orang. Selesai begitu disampaikan; `to: acker` menunggu sampai ada yang "
    "menangani.",
    "wait": "Menunggu selama `for`, atau sampai `until` benar; bila keduanya ditulis, mana yang lebih dulu.",
    "handoff": "Menghentikan langkah lain dan membuka playbook lain dengan bukti yang sama, pada saat "
    "yang sama.",
}


def step_rows() -> dict[str, type[Section]]:
    """The row of every kind, in the order of the union."""
    rows: dict[str, type[Section]] = {}
    for row in sections_in(AnyStep):
        (kind,) = get_args(row.model_fields["uses"].annotation)
        rows[kind] = row
    return rows


def step_page(kind: str, row: type[Section], example: str) -> str:
    """One page."""
    own = [name for name in key_names(row) if name not in _COMMON]
    parts = [
        f"# Langkah `{kind}`\n",
        f"{_MEANS[kind]}\n",
        "Halaman ini dicetak dari kode yang membaca playbook; jangan disunting langsung.",
        "Kunci yang ada di semua langkah, seperti `if` dan `needs`: [daftar langkah](README.md).\n",
        "## Contoh\n",
        f"```yaml\n{_cut(example, kind)}\n```\n",
        "## Kunci\n",
        "| kunci | wajib | arti |\n|---|---|---|",
        *_lines(row, own, ""),
    ]
    return "\n".join(parts) + "\n"


def _lines(row: type[Section], names: list[str], path: str) -> Iterator[str]:
    for field_name, field in row.model_fields.items():
        name = field.alias or field_name
        if name not in names:
            continue
        here = f"{path}{name}"
        yield f"| `{here}` | {'ya' if field.is_required() else 'tidak'} | {field.description} |"
        mark = "[]." if str(field.annotation).startswith("tuple") else "."
        for inner in sections_in(field.annotation):
            yield from _lines(inner, list(key_names(inner)), here + mark)


def _cut(example: str, kind: str) -> str:
    """The step of this kind out of the example, as it stands there."""
    steps = re.split(r"(?m)^(?=  - id: )", example.partition("\nsteps:\n")[2])
    found = next(step for step in steps if re.search(rf"(?m)^    uses: {kind}$", step))
    kept = re.split(r"(?m)^(?=\S)", found)[0].rstrip().splitlines()
    return "\n".join(line[2:] for line in kept)


def step_pages(example: str) -> dict[str, str]:
    """Every page by file name."""
    rows = step_rows()
    pages = {f"{kind}.md": step_page(kind, row, example) for kind, row in rows.items()}
    first = next(iter(rows.values()))
    parts = [
        "# Jenis langkah playbook\n",
        "Halaman-halaman ini dicetak dari kode yang membaca playbook. Contoh lengkap semua jenis langkah:",
        f"[`{EXAMPLE}`]({EXAMPLE}). Periksa playbook Anda dengan `tanggap check`.\n",
        "| langkah | guna |\n|---|---|",
        *(
            f"| [`{kind}`]({kind}.md) | {row.model_fields['uses'].description} |"
            for kind, row in rows.items()
        ),
        "\n## Kunci yang ada di semua langkah\n",
        "| kunci | wajib | arti |\n|---|---|---|",
        *_lines(first, [name for name in _COMMON if name != "uses"], ""),
    ]
    return {"README.md": "\n".join(parts) + "\n", **pages}


def write_step_pages(folder: Path) -> list[Path]:
    """Write all pages beside their example; gives the files."""
    written = []
    for name, text in step_pages((folder / EXAMPLE).read_text(encoding="utf-8")).items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written
