"""Promises of an outcome in a text for the public: when will it be so, and who says so?

That something is passed on is none: the writer does it. That the road will be mended is one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.figures import has_source
from bot.domain.sentences import Span, clauses, sentences, without_links

_COMING = (
    r"akan|bakal|segera|sebentar lagi|nanti|besok|lusa|hari ini|malam ini|(?:minggu|pekan|bulan"
    r"|tahun) (?:ini|depan)"
    r"|ditargetkan|dijadwalkan|direncanakan|diperkirakan|diupayakan|diusahakan|dipastikan"
    r"|kami (?:upayakan|usahakan"
    r"|targetkan|pastikan|rencanakan|jadwalkan)"
)
_OUTCOME = (
    r"selesai|rampung|tuntas|beres|normal|pulih|lancar|(?:me)?nyala|mengalir|cair|terbit|teratasi"
    r"|tertangani|bebas banjir"
    r"|beroperasi|berfungsi|aman|gratis|turun harga"
    r"|(?:di|kami )(?:selesaikan|tuntaskan|buka|cairkan|salurkan|bagikan|bayar(?:kan)?|ganti|perbaiki"
    r"|bangun|aspal|tambal"
    r"|keruk|angkut|pasang|atasi|terbitkan|pulihkan|benahi|turunkan|tertibkan|bereskan|normalkan"
    r"|hapus(?:kan)?)"
    r"|me(?:nyelesaikan|nuntaskan|mbuka|ncairkan|nyalurkan|mbagikan|mbayar(?:kan)?|ngganti|mperbaiki"
    r"|mbangun|ngaspal"
    r"|nambal|ngeruk|ngangkut|masang|ngatasi|nerbitkan|mulihkan|mbenahi|nurunkan|nertibkan|mbereskan"
    r"|nghapus(?:kan)?)"
)
_PLEDGE = re.compile(rf"\b(?:{_COMING})\b(?:\W+\w+){{0,6}}?\W+(?:{_OUTCOME})(?:nya)?\b", re.IGNORECASE)
_TURNED = re.compile(
    rf"\b(?:{_OUTCOME})\b(?:\W+\w+){{0,4}}?\W+(?:besok|lusa|hari ini|malam ini|nanti malam|segera|"
    r"(?:minggu|pekan|bulan|tahun) (?:ini|depan)|dalam (?:waktu )?\w+ (?:hari|jam|menit))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:bila|jika|kalau|apabila|andai|begitu|setelah|sesudah|kapan|ketika|saat|sampai|hingga|belum"
    r"|tidak|bukan"
    r"|agar|supaya|untuk|sudah|telah|mohon|silakan|semoga|kabar|mengabari|kabari|umumkan|diumumkan"
    r"|apakah|cara)\b",
    re.IGNORECASE,
)
"""What makes no promise of it: a condition, a wish, a denial, a report, a request."""
_DATE = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu(?! (?:ini|depan))|besok|lusa|hari ini|malam ini"
    r"|nanti malam"
    r"|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    r"|(?:pukul|jam) \d|tanggal \d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b|(?:minggu|pekan|bulan|tahun) depan"
    r"|(?:akhir|awal|pertengahan) (?:tahun|bulan|pekan|minggu)|tahun \d{4}|triwulan"
    r"|(?:dalam|selama|paling lambat|paling lama|maksimal) (?:waktu )?(?:\d+|se|dua|tiga|empat|lima|enam"
    r"|tujuh|delapan"
    r"|sembilan|sepuluh)\W?\w* ?(?:x|hari|jam|menit|minggu|pekan|bulan))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise at text[start:end] and what it lacks."""

    start: int
    end: int
    dated: bool
    sourced: bool


def pledges(text: str, vetted: str = "") -> Iterator[Pledge]:
    """The promises that lack a date or a source, in order.

    A sentence that stands in the `vetted` text word by word was approved with its source, and is left alone.
    """
    plain = without_links(text)
    for start, end in sentences(plain):
        sentence = text[start:end]
        if sentence in vetted:
            continue
        dated = _DATE.search(plain, start, end) is not None
        sourced = has_source(sentence)
        if dated and sourced:
            continue
        yield from (Pledge(*span, dated, sourced) for span in _in(plain, (start, end)))


def _in(text: str, sentence: Span) -> Iterator[Span]:
    for clause in clauses(text, sentence):
        if _OPEN.search(text, *clause):
            continue
        found = _PLEDGE.search(text, *clause) or _TURNED.search(text, *clause)
        if found is not None:
            yield found.span()
            return
