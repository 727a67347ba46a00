"""Sentences about templates: proposed in the chat, how they are used, which are to be looked at."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.repeat import MOST
from bot.domain.template import say_date
from bot.services.ports_words import Figures

MAKE = "⭐ Jadikan templat"
DECLINE = "⛔ Bukan templat"
ASKED = "Balas pesan bot di bawah dengan judul dan sumbernya."
PROPOSED = "Templat diusulkan. Koordinator yang memutuskan."
DECLINED = "Usulan templat ditolak."
NEVER_USED = "Belum dipakai dalam 90 hari terakhir."
WILL_REPEAT = (
    f"🔁 Setelah tayang, bot sendiri mengirim teks ini kepada yang menulis hal yang sama, "
    f"paling banyak {MOST} kali. Berhenti lewat tombol di kartunya."
)
MAY_REPEAT = (
    "🔁 Bila pengelola menyalakannya, bot sendiri mengirim teks ini lagi kepada yang menulis hal yang sama."
)
REPEATS = "🔁"
REPEATS_MEANS = "🔁 dapat dikirim bot sendiri kepada penanya berikutnya."
_HINT = "Judul, baris baru, tautan"

INPUT: Mapping[str, str] = {
    "template_lines": "Tulis dua baris: judul di baris pertama, tautan sumber resminya di baris kedua.",
    "template_source": "Sumbernya harus tautan https di daftar yang diizinkan (links.allow).",
    "template_braces": "Teks dengan tanda { atau } belum bisa dijadikan templat.",
    "template_already": "Balasan itu sama persis dengan templatnya. Tidak perlu diusulkan lagi.",
    "template_title_taken": "Judul itu sudah dipakai templat lain. Pilih judul lain, ya.",
}


def asked(params: Mapping[str, object], name: str) -> tuple[str, str]:
    """The question for title and source."""
    case, most = params.get("case", 0), params.get("most", 0)
    said = (
        f"{name}, balasan #{case} akan diusulkan sebagai templat. Balas pesan ini dengan dua baris: "
        f"judul pendek (paling panjang {most} huruf), lalu tautan sumber resminya."
    )
    return said, _HINT


def proposed(params: Mapping[str, object], names: Mapping[str, str]) -> str:
    """To an approver; the words themselves follow as a quotation."""
    person = str(params.get("person", ""))
    version = int(str(params.get("version", 1)))
    again = f" (versi {version})" if version > 1 else ""
    return (
        f"⭐ {names.get(person, person)} mengusulkan templat “{params.get('title', '')}”{again}. "
        f"Sumber: {params.get('source', '')}. Belum bisa dipakai sebelum disetujui."
    )


def stale(params: Mapping[str, object], _names: Mapping[str, str]) -> str:
    """To an owner, once a week."""
    said = ["🗓 Templat yang perlu Anda lihat:"]
    said += [f"• “{title}” berlaku sampai {_day(day)}" for title, day in _pairs(params.get("ending"))]
    said += [f"• “{title}” tidak dipakai sejak {_day(day)}" for title, day in _pairs(params.get("unused"))]
    if more := int(str(params.get("more", 0))):
        said.append(f"dan {more} lagi.")
    said.append("Perbarui berkasnya, atau biarkan bila memang cukup. Rinciannya: /templat JUDUL.")
    return "\n".join(said)


def figures(found: Figures) -> str:
    """How a template was used, in plain counts."""
    if not found.used:
        return NEVER_USED
    return (
        f"90 hari terakhir: dipakai {found.used} kali, {found.edited} di antaranya disunting; "
        f"{found.again} warga menulis lagi dalam 3 hari."
    )


def _pairs(listed: object) -> list[tuple[str, str]]:
    return [(str(a), str(b)) for a, b in listed] if isinstance(listed, Iterable) else []


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso))
