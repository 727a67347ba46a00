"""Commands: their menu, the help, and the answers that are not cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.words.names import listed
from bot.domain.people import Action


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the menu; `needs` decides who sees it there (the service decides who may)."""

    name: str
    does: str
    needs: Action | None = None


COMMANDS: tuple[Command, ...] = (
    Command("antrean", "Kasus yang menunggu", Action.SEE),
    Command("cari", "Cari kata, nama, atau label", Action.SEE),
    Command("lapor", "Masukkan komentar: balas pesannya dengan perintah ini"),
    Command("klaim", "Klaim yang beredar dan temuannya", Action.SEE),
    Command("templat", "Templat balasan dan persetujuannya", Action.SEE),
    Command("piket", "Siapa yang bertugas sekarang dan 7 hari ke depan", Action.SEE),
    Command("tukar", "Tukar giliran piket", Action.SWAP_OWN),
    Command("status", "Keadaan saat ini", Action.SEE),
    Command("laporan", "Laporan insiden, periode, atau bukti kinerja Anda", Action.SEE),
    Command("krisis", "Buka insiden dan panggil yang bertugas", Action.OPEN_INCIDENT),
    Command("siaga", "Tahan semua balasan kecuali kata-kata insiden", Action.OPEN_INCIDENT),
    Command("latihan", "Mulai latihan, tanpa apa pun ke publik", Action.START_DRILL),
    Command("kunci", "Hentikan semua kiriman ke publik, seketika", Action.LOCK),
    Command("buka", "Lanjutkan kiriman ke publik", Action.UNLOCK),
    Command("bantuan", "Cara memakai bot ini"),
)
TOO_OFTEN = "Pelan-pelan, ya. Tunggu beberapa menit, lalu coba lagi."
FOR_CITIZENS: tuple[Command, ...] = (
    Command("mulai", "Mulai menulis kepada kami"),
    Command("bantuan", "Cara memakai bot ini"),
)

HELP_TITLE = "Perintah untuk Anda"
HELP_CARDS = (
    "Kasus dikerjakan dari kartunya di grup tim. "
    "Komentar dari tempat lain: teruskan ke obrolan pribadi dengan bot ini."
)
UNREAD_TEXT = (
    "Pesan ini tidak masuk ke mana-mana. Untuk menjawab pertanyaan bot, balas pesannya. "
    "Untuk memasukkan komentar warga, teruskan ke sini. Lihat /bantuan."
)
IN_PRIVATE = "Buka tautan undangan itu di obrolan pribadi dengan bot, ya."
LAPOR_HOW = "Balas komentar warga dengan /lapor, atau teruskan komentarnya kepada bot di obrolan pribadi."
LAPOR_BOT = "Itu pesan bot, bukan komentar warga. Balas komentar warganya, ya."
PICK_PLAYBOOK = "Insiden apa yang dibuka? Yang bertugas langsung dipanggil."
OPEN_ANOTHER = "🚨 Buka insiden lain"
NO_PLAYBOOK = "Buka insiden dari kartu kasusnya dengan 🚨 Eskalasi."
LOCKED = "🔒 Terkunci. Tidak ada yang keluar ke publik sampai dibuka dengan /buka."
UNLOCKED = "🔓 Kunci dibuka."
ONE_MORE = "Tercatat. Satu koordinator atau pengelola lagi perlu menulis /buka atau menekan tombol di grup."
NOT_LOCKED = "Tidak sedang terkunci."

IS_LATE = ", lewat target"
TEMPLATES = "Templat balasan"
TEMPLATE_NONE = "Tidak ada templat yang cocok dengan kata itu."
TEMPLATE_HOW = (
    "Tulis /templat dan satu kata untuk membaca isinya, atau /templat setujui untuk menyetujui semuanya."
)
VALID_UNTIL = "Berlaku sampai "
SOURCE = "Sumber: "
BASIS = "Dasar: "
SENSITIVE = "(isi hanya untuk pendamping)"
STATUS = "Keadaan"
QUIET = "Tidak ada insiden yang berjalan."


def welcome(name: str) -> str:
    return f"Selamat datang, {name}. Akun ini terhubung: panggilan dan permintaan persetujuan datang ke sini."


def hello(name: str) -> str:
    return f"Halo, {name}. Bot ini siap."


def brought(case: int, known: bool) -> str:
    return f"Sudah ada sebagai #{case}." if known else f"Masuk sebagai #{case}. Kartunya ada di grup."


def templates_approved(count: int) -> str:
    return f"{count} templat disetujui." if count else "Tidak ada templat yang menunggu persetujuan."


def page_of(page: int, pages: int) -> str:
    """Halaman 2 dari 6."""
    return f"Halaman {page + 1} dari {pages}"


def waiting(counts: Mapping[str, int], oldest: str) -> str:
    """Kasus: 3 belum diambil, 2 ditangani. Terlama menunggu 2 jam."""
    named = {
        "new": "belum diambil",
        "assigned": "ditangani",
        "drafted": "menunggu persetujuan",
        "snoozed": "ditunda",
    }
    parts = [f"{counts[status]} {word}" for status, word in named.items() if counts.get(status)]
    if not parts:
        return "Tidak ada kasus yang menunggu."
    return f"Kasus: {', '.join(parts)}." + (f" Terlama menunggu {oldest}." if oldest else "")


def on_duty(names: tuple[str, ...]) -> str:
    return f"Bertugas: {listed(names)}." if names else "Bertugas: belum ada rota."


def going_on(incidents: tuple[str, ...]) -> str:
    return f"Insiden: {listed(incidents)}." if incidents else QUIET


def outbox(waiting_out: int, uncertain: int) -> str:
    parts = [f"{waiting_out} pesan menunggu dikirim" if waiting_out else ""]
    parts.append(f"{uncertain} belum pasti sampai" if uncertain else "")
    said = ", ".join(part for part in parts if part)
    return f"Kiriman: {said}." if said else ""


def hearing(trouble: str) -> str:
    return f"⚠️ {trouble}"


def already(playbook: str, runs: list[str]) -> str:
    """Asked before one more incident of a kind that somebody has in hand."""
    return (
        f"{playbook} sudah ditangani di {listed(runs)}. Bila perkaranya sama, tidak perlu membuka lagi: "
        "tekan 🚨 Eskalasi di kartu komentarnya, dan komentarnya ditambahkan ke sana."
    )
