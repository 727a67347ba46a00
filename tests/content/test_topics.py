"""The topic list: it hears people in need in their own words, and it does not cry wolf."""

from pathlib import Path

import pytest

from bot.domain.topic import match
from bot.files.topics import load_topics
from classifiers.text import normalise

TOPICS = load_topics(Path(__file__).parents[2] / "playbooks" / "topics.yaml", normalise)
SAFETY = "bunuh-diri"


def topics_of(text: str) -> tuple[str, ...]:
    return match(TOPICS, normalise(text))


def test_the_list_covers_services_disasters_and_safety() -> None:
    keys = {topic.key for topic in TOPICS}
    assert len(keys) >= 25
    assert keys >= {"gempa", "tsunami", "erupsi", "banjir", "longsor", "bantuan-bencana", SAFETY}


@pytest.mark.parametrize(
    "text",
    [
        "aku pengen mati aja",
        "PENGEN MATIIII rasanya",
        "pgn mati aja min",
        "udah gak kuat hidup lagi",
        "nggak sanggup hidup begini",
        "capeeek hidup",
        "buat apa hidup kalau gini terus",
        "mending mati daripada gini",
        "kayaknya lebih baik aku mati",
        "aku mau bundir",
        "kepikiran bunuh diri tiap malam",
        "mau akhiri hidup malam ini",
        "tadi malam silet tangan lagi",
        "ga mau bangun lagi besok",
        "pengen tidur selamanya",
        "rasanya pengen ngilang selamanya aja",
        "gak ada gunanya lagi hidup",
        "semua lebih baik tanpa aku",
        "pengen nyusul almarhum bapak",
        "wes gak kuat urip",
        "hayang paeh wae",
        "temenku kirim pesan pamit, tolong",
        "nomor hotline bunuh diri ada min?",
        "capek banget pengen mati ketawa, eh beneran pengen mati",
        "maaf ya semua, selamat tinggal semuanya",
        "i want to die",
    ],
)
def test_somebody_in_need_is_heard(text: str) -> None:
    assert SAFETY in topics_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "capek banget pengen mati ketawa",
        "pengen mati ngakak baca komennya wkwk",
        "mati lampu dari tadi min",
        "HP saya mati total",
        "air mati tiga hari",
        "gol bunuh diri di menit akhir",
        "itu namanya bunuh diri politik",
        "korban bom bunuh diri sudah dievakuasi",
        "ada seminar pencegahan bunuh diri di aula",
        "kasus bunuh diri itu sudah ditangani polisi?",
        "biaya hidup makin mahal",
        "harga mati, NKRI",
        "mati gaya kalau wifi lemot",
        "sama aja minum racun air keruh begini",
        "malam ini terakhir pendaftaran ya?",
        "lampu jalan mati, gelap",
        "mending mati lampu daripada banjir",
    ],
)
def test_idioms_and_news_wake_nobody(text: str) -> None:
    assert SAFETY not in topics_of(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("min cara urus ktp ilang gmn", "ktp-kk"),
        ("jalan depan pasar rusak parah, lubangnya dalam", "jalan-rusak"),
        ("dalane rusak kabeh", "jalan-rusak"),
        ("air pdam ga ngalir", "air-bersih"),
        ("mati lampu lagi", "listrik"),
        ("sampah numpuk seminggu", "sampah"),
        ("bansos kok belum cair", "bansos"),
        ("telat bayar pajak motor", "pajak"),
        ("bpjs nonaktif", "kesehatan"),
        ("jalur zonasi gimana", "sekolah"),
        ("barusan gempa ya?", "gempa"),
        ("ono lindu gedhe", "gempa"),
        ("peringatan tsunami sudah dicabut?", "tsunami"),
        ("gunung meletus, hujan abu", "erupsi"),
        ("kebanjiran pak, air masuk rumah", "banjir"),
        ("tebing longsor nutup jalan", "longsor"),
        ("posko pengungsian di mana", "bantuan-bencana"),
        ("rumah tetangga kebakaran", "kebakaran"),
        ("ini hoax ya?", "cek-fakta"),
        ("ketipu undian berhadiah", "penipuan"),
        ("slot gacor maxwin", "judi-pinjol"),
        ("min di depan pasar lagi rusuh, massa lempar batu", "kerusuhan"),
        ("tadi malam bentrok antar warga, banyak polisi", "kerusuhan"),
        ("toko dijarah orang", "kerusuhan"),
        ("min akunnya kena hack ya? kok posting judi", "akun-diretas"),
        ("akun pemkab dibajak nih", "akun-diretas"),
        ("data warga bocor di forum, gimana ini", "kebocoran-data"),
        ("kok ada nik orang di pengumuman itu", "kebocoran-data"),
        ("aplikasinya error dari pagi", "layanan-terganggu"),
        ("ga bisa login antrean online", "layanan-terganggu"),
    ],
)
def test_a_plain_sentence_finds_its_topic(text: str, topic: str) -> None:
    assert topic in topics_of(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tarif air naik lagi ya min", "banjir"),
        ("kebanjiran job bulan ini", "banjir"),
        ("wa saya dihack orang, lapor ke mana?", "akun-diretas"),
        ("dulu jaman kerusuhan 98 saya masih kecil", "kerusuhan"),
        ("pipa bocor di gang tiga", "kebocoran-data"),
        ("soal ujian bocor?", "kebocoran-data"),
    ],
)
def test_a_word_with_another_meaning_opens_no_crisis(text: str, topic: str) -> None:
    assert topic not in topics_of(text)


def test_what_is_real_beside_a_figure_of_speech_is_heard() -> None:
    assert "banjir" in topics_of("tadinya banjir pujian, sekarang banjir beneran sampai dada")
    assert "kerusuhan" in topics_of("jadwal bentrok, tapi ini di alun alun massa bentrok juga")


@pytest.mark.parametrize(
    "text",
    [
        "min kk admin baik banget",
        "seperti biasa mantap",
        "kebakaran jenggot nih ye",
        "banjir diskon akhir tahun",
        "slot kuota masih ada?",
        "selamat pagi semua",
        "alhamdulillah kebanjiran orderan",
        "admin banjir pujian hari ini",
        "jadwal kuliah bentrok sama jam kerja",
        "jangan lempar batu sembunyi tangan",
        "akhir pekan ke lore lindu yuk",
        "itu namanya saling lempar tanggung jawab",
        "film dibajak terus, kasihan sineasnya",
        "paket data bocor terus nih",
        "otak error mikirin tugas",
        "jangan rusuh di kolom komentar ya",
        "hati saya erupsi emosi",
    ],
)
def test_figures_of_speech_have_no_topic(text: str) -> None:
    assert topics_of(text) == ()
