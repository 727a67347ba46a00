"""Everything that is said about moderation: cards, buttons, notices, refusals, and what citizens read."""

from collections.abc import Mapping, Sequence

from bot.chat.words.cards import head
from bot.domain.measure import State
from bot.domain.moderation import Ground, Remedy, Rule
from bot.domain.personal_data import DataKind

OPEN = "🛡 Tertibkan"
MOVE_NOW = "🔐 Pindahkan ke pribadi"
ANEW = "‹ Pilih aturan lain"
PROPOSE = "📤 Ajukan"
WITHDRAW = "Batalkan usulan"
CONFIRM = "✅ Pastikan"
REFUSE = "⛔ Tolak"
UNDO = "↩️ Urungkan"

REMEDY: Mapping[Remedy, str] = {
    Remedy.HIDE: "Tutupi di kartu tim",
    Remedy.WARN: "Tegur",
    Remedy.MOVE: "Pindahkan ke pribadi",
    Remedy.DELETE: "Hapus komentar",
    Remedy.RESTRICT: "Batasi",
    Remedy.BAN: "Blokir",
}
MARK: Mapping[Remedy, str] = {
    Remedy.HIDE: "🙈",
    Remedy.WARN: "⚠️",
    Remedy.MOVE: "🔐",
    Remedy.DELETE: "🗑",
    Remedy.RESTRICT: "🔇",
    Remedy.BAN: "🚷",
}
MEANS: Mapping[Remedy, str] = {
    Remedy.HIDE: (
        "Kata-katanya ditutupi di kartu tim saja. Telegram tidak bisa menyembunyikan komentar, "
        "jadi publik tetap membacanya."
    ),
    Remedy.WARN: "Bot membalas komentarnya dengan teguran di bawah ini. Bisa diurungkan.",
    Remedy.MOVE: (
        "Bot mengajak warga melanjutkan lewat pesan pribadi, lalu komentarnya dihapus. Salinannya disimpan "
        "dan kasusnya tetap terbuka. Komentar yang dihapus tidak bisa kembali."
    ),
    Remedy.DELETE: "Komentarnya dihapus dari grup diskusi. Komentar yang dihapus tidak bisa kembali.",
    Remedy.RESTRICT: "Warga masih bisa membaca, tetapi tidak bisa menulis selama itu. Bisa diurungkan.",
    Remedy.BAN: "Warga dikeluarkan dan tidak bisa masuk lagi. Bisa diurungkan.",
}
_SHUT_OUT = (
    "Pemilik kanal ini tidak bisa lagi menulis di grup diskusi dengan nama kanal mana pun miliknya. "
    "Bisa diurungkan."
)
STATE: Mapping[State, str] = {
    State.CHOOSING: "disusun",
    State.PROPOSED: "menunggu orang kedua",
    State.CONFIRMED: "dipastikan, sedang dijalankan",
    State.DONE: "selesai",
    State.UNSURE: "belum pasti terkirim",
    State.FAILED: "gagal",
    State.REFUSED: "ditolak",
    State.WITHDRAWN: "dibatalkan",
    State.EXPIRED: "gugur, tidak diputuskan pada waktunya",
    State.UNDOING: "sedang diurungkan",
    State.UNDONE: "diurungkan",
}
_GROUND: Mapping[Ground, str] = {
    Ground.ABUSE: "kata kasar",
    Ground.HATE: "kebencian",
    Ground.THREAT: "ancaman",
    Ground.FRAUD: "penipuan",
    Ground.SPAM: "spam",
    Ground.INDECENT: "asusila",
    Ground.PERSONAL_DATA: "data pribadi",
}
_DATA: Mapping[DataKind, str] = {
    DataKind.NIK: "NIK",
    DataKind.KK: "nomor KK",
    DataKind.NPWP: "NPWP",
    DataKind.PHONE: "nomor telepon",
    DataKind.EMAIL: "alamat surel",
    DataKind.ACCOUNT: "nomor rekening",
    DataKind.CARD: "nomor kartu",
    DataKind.HEALTH: "nomor kartu BPJS",
    DataKind.PLATE: "nomor pelat",
    DataKind.PASSPORT: "nomor paspor",
    DataKind.LONG_NUMBER: "angka panjang",
}

PICK_RULE = "Aturan mana yang dilanggar?"
PICK_REMEDY = "Apa yang diusulkan? Pilih yang paling ringan dulu."
PROTECTED = (
    "Ini keluhan atau kritik: dilindungi. Nada kasar saja hanya bisa ditegur, dan tidak ada yang dihapus "
    "oleh satu orang."
)
WILL_READ = "Yang akan dibaca warga:"
DRY = "🧪 Masa uji: dicatat saja, tidak ada yang dikirim ke Telegram."
WAS_DRY = "🧪 Masa uji: tidak ada yang dikirim ke Telegram."
EDITED = "Komentarnya diubah penulisnya sejak usulan ini. Batalkan, lalu usulkan lagi bila masih perlu."
HIDDEN = "🙈 Kata-katanya ditutupi di sini. Baca lewat tautannya bila perlu."
WANTED = "Mohon keputusan orang kedua"
ASKED = "Menunggu: "
NOBODY_ASKED = "Belum ada koordinator lain yang bisa dihubungi."
DECIDE = "Baca komentar dan buktinya. Anda yang memutuskan, dan keputusan ini tercatat."
HELD: Mapping[str, str] = {
    "siaga": "🛑 Ditahan selama mode siaga; dijalankan sesudahnya.",
    "locked": "🔒 Ditahan karena /kunci sedang berlaku.",
}
CHECK = "Lihat di grup diskusi: ada tegurannya atau tidak?"


def number(measure: int) -> str:
    return f"T-{measure}"


def means(remedy: Remedy, *, person: bool) -> str:
    """What it does. `person`: to somebody, not to a channel in whose name they write."""
    return MEANS[remedy] if person or remedy is not Remedy.BAN else _SHUT_OUT


def remedy(kind: Remedy, days: int) -> str:
    """The rung, with how long it lasts."""
    return f"{REMEDY[kind]} {days} hari" if days else REMEDY[kind]


def button(kind: Remedy, days: int) -> str:
    return f"{MARK[kind]} {remedy(kind, days)}"


def state(found: State, *, dry: bool) -> str:
    return "dipastikan (masa uji)" if dry and found is State.DONE else STATE[found]


def exposed(kinds: Sequence[DataKind]) -> str:
    """Above the button that moves it."""
    said = " dan ".join(_DATA[kind] for kind in kinds[:2])
    return (
        f"🔐 Ada {said} di komentar publik ini; di kartu ini disamarkan. "
        "Usul: hapus komentarnya dan lanjutkan lewat pesan pribadi."
    )


def proposed(who: str) -> str:
    return f"Diusulkan {who}"


def decided(found: State, who: str, when: str) -> str:
    verb = "Ditolak" if found is State.REFUSED else "Dipastikan"
    return f"{verb} {who}, {when}"


def undone(who: str) -> str:
    return f"Diurungkan {who}"


def until(when: str) -> str:
    return f"Berlaku sampai {when}"


def valid_until(when: str) -> str:
    return f"Gugur sendiri bila belum diputuskan sampai {when}."


def evidence(count: int, sha: str) -> str:
    """`sha`: of the newest revision."""
    kept = f"{count} versi" if count > 1 else "1 versi"
    return f"Bukti tersimpan: {kept}, sha256 {sha[:12]}…"


_WHY: Mapping[str, str] = {
    "off": "penertiban dimatikan di pengaturan",
    "dry": "masih masa uji",
    "edited": "komentarnya diubah penulisnya sesudah dipastikan",
    "state": "keputusannya sudah berubah",
    "too_late": "waktunya sudah lewat sebelum sempat dijalankan",
    "protected": "komentarnya kini dilindungi sebagai keluhan atau kritik",
    "out_of_reach": "tindakan ini tidak berlaku untuk aturan itu",
    "incomplete": "aturan dan tindakannya belum lengkap",
    "gone": "komentarnya sudah tidak ada di grup",
    "not_invited": "ajakan lanjut lewat pesan pribadi belum pasti terkirim",
    "no_delete_right": "bot belum punya hak Hapus Pesan di grup diskusi",
    "no_restrict_right": "bot belum punya hak Blokir Pengguna di grup diskusi",
    "not_there": "bot tidak bisa masuk ke grup diskusi",
    "is_admin": "penulisnya admin grup diskusi",
    "is_bot": "penulisnya bot",
    "no_supergroup": "grup diskusinya belum supergrup",
    "unknown_there": "akun penulisnya tidak dikenali Telegram",
    "unreachable": "hak bot belum bisa diperiksa; diperiksa lagi sebelum dijalankan",
    "ours": "penulisnya kanal atau grup kita sendiri",
    "telegram": "penulisnya Telegram sendiri",
    "anonymous": "penulisnya admin anonim",
    "channel_bot": "penulisnya tidak bisa dibedakan dari kanal",
    "team": "penulisnya anggota tim",
    "unknown": "penulisnya tidak diketahui",
}


def why(code: str) -> str:
    """What stood in the way; what we have no words for is Telegram's own sentence."""
    return _WHY.get(code.partition(":")[0], f"Telegram menolak ({code})")


_CANNOT: Mapping[str, str] = {
    "own": "Usulan sendiri dipastikan orang lain. Tunggu koordinator yang lain, ya.",
    "not_yours": "Usulan ini disusun orang lain; hanya pengusulnya yang bisa mengubahnya.",
    "for_good": "Tindakan ini tidak bisa diurungkan.",
    "days": "Pilihan itu tidak ada. Lihat kartu yang terbaru.",
    "no_rule": "Belum ada aturan tentang data pribadi di pengaturan. Kabari pengelola, ya.",
    "not_here": "Hanya komentar di grup diskusi yang bisa ditertibkan dari sini.",
    "protected": "Tidak bisa: keluhan dan kritik dilindungi. Nada kasar saja hanya bisa ditegur.",
    "no_delete_right": "Beri bot hak Hapus Pesan di grup diskusi dulu, lalu ajukan lagi.",
    "no_restrict_right": "Beri bot hak Blokir Pengguna di grup diskusi dulu, lalu ajukan lagi.",
    "not_there": "Bot tidak bisa masuk ke grup diskusi. Jadikan bot admin di sana dulu.",
}


def cannot(code: str) -> str:
    """The refusal of a step."""
    return _CANNOT.get(code) or f"Tidak bisa: {why(code)}."


STATES: Mapping[str, str] = {
    **{f"measure_{found}": f"usulan ini sudah {said}" for found, said in STATE.items()},
    "measure_choosing": "usulan ini masih disusun",
    "measure_proposed": "usulan ini sedang menunggu orang kedua",
    "measure_edited": "komentarnya diubah penulisnya, jadi usulan ini tidak berlaku lagi",
    "measure_failed": "tindakan ini gagal; lihat kartunya",
    "measure_undoing": "tindakan ini sedang diurungkan",
    "measure_expired": "usulan ini sudah gugur",
    "measure_unsure": "tegurannya belum pasti terkirim; lihat kartunya",
}

TOAST_OPENED = "Kartu usulan ada di bawah."
TOAST_PROPOSED = "Diajukan. Koordinator diminta memutuskan."
TOAST_WITHDRAWN = "Usulan dibatalkan."
TOAST_CONFIRMED = "Dipastikan. Tercatat atas nama Anda."
TOAST_REFUSED = "Ditolak. Tercatat atas nama Anda."
TOAST_UNDONE = "Diurungkan."
TOAST_AGAIN = "Dikirim ulang."
TOAST_STANDS = "Dicatat sebagai terkirim."
TOAST_SHOWN = "Kartunya ada di obrolan pribadi Anda."
TOAST_SHOWN_NOT = "Belum bisa dikirim. Buka obrolan pribadi dengan bot dulu."


def on_case(measure: int, kind: Remedy | None, days: int, found: State, *, dry: bool) -> str:
    """One line on the card of the case."""
    what = f"{remedy(kind, days).lower()}, " if kind is not None else ""
    return f"🛡 {number(measure)}: {what}{state(found, dry=dry)}"


def for_citizens(kind: Remedy, rule: Rule, case: int, greeting: str, *, protected: bool) -> str:
    """What stands under the comment. `greeting`: the agency's own."""
    hello = greeting.rstrip(" ,.!")
    if kind is Remedy.MOVE:
        return (
            f"{hello}, komentar Anda memuat data pribadi. Demi keamanan, komentarnya kami hapus. "
            f"Mohon lanjutkan lewat pesan pribadi ke akun ini dan sebutkan nomor {head(case)}."
        )
    page = f" ({rule.url})" if rule.url else ""
    more = f" Keluhan Anda tetap kami proses dengan nomor {head(case)}." if protected else ""
    return f"{hello}, mohon perhatikan aturan diskusi kami: “{rule.name}”{page}. Terima kasih.{more}"
