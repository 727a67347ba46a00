"""The rules that a model weighs beside the words themselves, and what they are called before people.

A rule fires where a text has a form (it ends on a question mark, it holds a link) or a word of a class (one
that asks, one that curses). What it then counts for a label is learnt, like the weight of a word.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifiers.features import BEGINS, CLASS, FORM, WORD, key_of
from classifiers.text import MAIL, MENTION, NUMBER, PHONE, URL

FORMS: Mapping[str, str] = {
    "caps": "ditulis dengan huruf besar",
    "asks_last": "berakhir dengan tanda tanya",
    "asks": "memuat tanda tanya",
    "link": "memuat tautan",
    "mentions": "menyebut banyak akun",
    "hashtags": "memuat banyak tagar",
    "disguise": "memakai huruf hias",
    "dotted": "huruf dipisah titik",
}
MASKS: Mapping[str, str] = {
    PHONE: "memuat nomor telepon",
    MAIL: "memuat alamat surel",
    NUMBER: "memuat nomor panjang",
    MENTION: "menyebut akun",
    URL: "memuat tautan",
}
CLASSES: Mapping[str, str] = {
    "adil": "kata tentang keadilan",
    "angkahuruf": "nama berangka",
    "bantahan": "kata bantahan",
    "bantuan": "kata tentang bantuan",
    "bencana": "kata bencana",
    "berita": "kata berita",
    "biaya": "kata biaya",
    "binatang": "nama binatang",
    "bunuhdiri": "kata tentang bunuh diri",
    "cercakelompok": "cercaan terhadap kelompok",
    "cuaca": "kata cuaca",
    "darurat": "kata darurat",
    "demo": "kata unjuk rasa",
    "difabel": "kata tentang disabilitas",
    "doa": "kata doa",
    "dukung": "kata dukungan",
    "emoawas": "emoji peringatan",
    "emodoa": "emoji doa",
    "emohati": "emoji hati",
    "emomarah": "emoji marah",
    "emopuji": "emoji pujian",
    "emosedih": "emoji sedih",
    "emosindir": "emoji sindiran",
    "emotawa": "emoji tawa",
    "emouang": "emoji uang",
    "evakuasi": "kata penyelamatan",
    "gender": "kata tentang gender",
    "hewanalam": "kata tentang alam",
    "hiburan": "kata hiburan",
    "infrastruktur": "kata prasarana",
    "instansi": "nama lembaga",
    "jawab": "kata jawaban",
    "jelek": "kata jelek",
    "jualan": "kata jualan",
    "judi": "kata judi",
    "kabar": "kata kabar beredar",
    "kasar": "kata kasar",
    "kataganti": "kata ganti",
    "kebakaran": "kata kebakaran",
    "kecaman": "kata kecaman",
    "kecelakaan": "kata kecelakaan",
    "kekerasan": "kata kekerasan",
    "kelompok": "nama kelompok",
    "keseharian": "kata keseharian",
    "kini": "kata waktu kini",
    "konspirasi": "kata dugaan rahasia",
    "kontak": "ajakan menghubungi",
    "korup": "kata korupsi",
    "kota": "nama daerah",
    "kubu": "sebutan kubu politik",
    "lambat": "kata kelambatan",
    "lampau": "kata waktu lampau",
    "layanan": "kata layanan",
    "luarnegeri": "nama luar negeri",
    "makian": "makian",
    "marah": "kata marah",
    "medis": "kata medis",
    "minta": "kata permintaan",
    "narkoba": "kata narkoba",
    "nasibbencana": "kata akibat bencana",
    "negasi": "kata ingkar",
    "olahraga": "kata olahraga",
    "opini": "kata pendapat",
    "pajakuang": "kata pajak dan uang",
    "pangan": "kata pangan",
    "partai": "nama partai",
    "pejabat": "sebutan pejabat",
    "pendidikan": "kata pendidikan",
    "pengobatan": "kata pengobatan",
    "penguat": "kata penguat",
    "pinjaman": "kata pinjaman",
    "program": "nama program",
    "puji": "kata pujian",
    "rendah": "kata merendahkan",
    "rentan": "sebutan warga rentan",
    "rusak": "kata rusak",
    "sapa": "kata sapaan",
    "sedih": "kata sedih",
    "seksjual": "kata jasa seks",
    "senang": "kata senang",
    "sensasi": "kata sensasi",
    "serang": "kata serangan",
    "sindir": "kata sindiran",
    "tanya": "kata tanya",
    "tanyainfo": "kata meminta keterangan",
    "tawa": "kata tawa",
    "telko": "kata telekomunikasi",
    "tempat": "kata tempat",
    "terimakasih": "ucapan terima kasih",
    "tubuh": "kata tentang tubuh",
    "umpan": "kata umpan klik",
}


@cache
def _called() -> dict[int, str]:
    """Feature key -> the words for its rule."""
    return {
        **{key_of(CLASS, name): words for name, words in CLASSES.items()},
        **{key_of(BEGINS, name): f"diawali {words}" for name, words in CLASSES.items()},
        **{key_of(WORD, mask): words for mask, words in MASKS.items()},
        **{key_of(FORM, name): words for name, words in FORMS.items()},
    }


@cache
def _keys() -> NDArray[np.uint32]:
    return np.array(sorted(_called()), np.uint32)


def fired(keys: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Which of these feature keys are rules: their places."""
    known = _keys()
    found = known.take(np.minimum(np.searchsorted(known, keys), len(known) - 1))
    return np.flatnonzero(found == keys)


def called(key: int) -> str:
    """The Indonesian words for the rule behind a key."""
    return _called()[key]
