"""What people read when a rule said no: what happened, and what to do. At most 200 characters each."""

from collections.abc import Mapping

from bot.chat.cleaning import one_line
from bot.chat.words import (
    asked,
    bulk,
    claims,
    data,
    moderation,
    notes,
    queue,
    referral,
    search,
    sharing,
    steps,
    story,
    templates,
    times,
)
from bot.chat.words import names as called
from bot.domain.case import CaseStatus
from bot.domain.errors import (
    BadInput,
    CannotJoin,
    CannotModerate,
    CannotSwap,
    Expired,
    NeedsPause,
    NotAllowed,
    NotEnrolled,
    NotFound,
    NotMember,
    NotNamed,
    Outdated,
    OwnWords,
    PersonalData,
    Refused,
    RunRefused,
    TakenBy,
    TooFast,
    UnusableTemplate,
    WrongState,
)
from bot.domain.form import FieldFault
from bot.domain.people import Action, Zone, explain_denial
from bot.domain.reply import DraftState
from bot.domain.template import SlotFault

MOST = 200
"""What Telegram shows over a pressed button."""

_WHAT: Mapping[str, str] = {
    "case": "Kasus #{ref} tidak ditemukan.",
    "draft": "Draf itu tidak ditemukan. Mungkin sudah dihapus.",
    "template": "Templat itu tidak ditemukan. Mungkin daftarnya sudah diperbarui.",
    "person": "Orang itu tidak ada di daftar tim.",
    "run": "Insiden itu tidak ditemukan.",
    "incident": "Insiden itu tidak ditemukan.",
    "playbook": "Playbook itu tidak ditemukan. Mungkin daftarnya sudah diperbarui.",
    "drill": "Latihan itu tidak ditemukan. Ketik /latihan lagi untuk melihat daftarnya.",
    "outgoing": "Pesan itu tidak ditemukan.",
    "comment": "Komentar itu tidak ditemukan.",
    "data_request": "Permintaan data itu tidak ditemukan.",
    "measure": "Tindakan T-{ref} tidak ditemukan.",
    "rule": "Aturan itu tidak ada lagi di pengaturan. Pilih yang lain, ya.",
    "claim": "Klaim KL-{ref} tidak ditemukan. Lihat daftarnya di /klaim.",
    "rota": "Giliran “{ref}” tidak ada. Lihat namanya di /piket.",
    "swap": "Permintaan tukar itu tidak ditemukan.",
    "duty": "Giliran itu sudah berubah. Ketik /tukar lagi untuk melihat yang terbaru.",
    "shift_change": "Tidak ada pengganti atau cuti {ref} yang masih berlaku. Lihat nomornya di /piket.",
    "bulk": "Pratinjau itu sudah terlalu lama. Ulangi dari /cari, ya.",
    "search": "Pencarian itu sudah terlalu lama. Tulis /cari lagi, ya.",
    "reach_test": "Tes panggilan itu bukan untuk Anda.",
}
_CASE: Mapping[CaseStatus, str] = {
    CaseStatus.NEW: "kasus ini kini belum diambil siapa pun",
    CaseStatus.ASSIGNED: "kasus ini sudah ditangani{by}",
    CaseStatus.DRAFTED: "balasan kasus ini sedang menunggu persetujuan",
    CaseStatus.ANSWERED: "kasus ini sudah dijawab",
    CaseStatus.CLOSED: "kasus ini sudah ditutup{by}",
    CaseStatus.SNOOZED: "kasus ini sedang ditunda{by}",
    CaseStatus.MERGED: "kasus ini sudah digabung dengan kasus lain",
    CaseStatus.HANDED_OVER: "kasus ini sudah ditutup karena bukan wewenang kami",
}
_OTHER: Mapping[str, str] = {
    "template_changed": "templatnya berubah sejak dibaca",
    "agreed_once": "Anda sudah menyetujuinya; selama siaga perlu satu orang lain lagi",
    "in_set": "kasus ini ikut dijawab bersama kasus lain; tekan Lepas dulu bila ingin dijawab sendiri",
    "sensitive": "kasus ini dijawab pendamping dari obrolan pribadinya dengan bot",
    "not_sensitive": "kasus ini dijawab dari kartunya di grup tim",
    "slot_filled": "isian itu sudah terisi; lihat kartunya",
    "swap_agreed": "tukar giliran itu sudah disetujui",
    "swap_declined": "tukar giliran itu sudah ditolak",
    "swap_withdrawn": "tukar giliran itu sudah dibatalkan",
    "swap_expired": "waktu menjawab tukar giliran itu sudah habis",
    "no_public_place": "tempat membalasnya tidak diketahui",
    **claims.STATES,
    **data.STATES,
    **moderation.STATES,
}
_INPUT: Mapping[str, str] = {
    "empty": "Teksnya masih kosong. Tulis balasannya, lalu kirim lagi.",
    "invitation": "Tautan undangan ini sudah dipakai atau lewat waktu. Minta tautan baru kepada pengelola.",
    "choice": "Pilihan itu tidak ada di templat ini. Lihat kartu yang terbaru.",
    "date": "Tanggalnya belum terbaca. Tulis seperti 25-12-2026.",
    "slots_open": "Masih ada isian yang kosong. Lengkapi dulu, lalu ajukan.",
    "reason": "Tulis alasannya dulu, ya.",
    "button": "Tombol ini sudah tidak berlaku. Lihat kartu yang terbaru, ya.",
    "place": "Tombol ini hanya berlaku di grup tim dan di obrolan pribadi Anda.",
    "not_yours": "Pertanyaan itu untuk orang lain. Balasan Anda tidak dipakai.",
    "anonymous": "Anda tampil sebagai admin anonim. Matikan mode anonim dulu, lalu ulangi.",
    "text_only": "Jawab dengan teks, ya.",
    "approver": "Templat ini hanya disetujui orang yang disebut di berkasnya.",
    "nobody_waits": "Tidak ada komentar serupa yang masih menunggu jawaban ini.",
    "undo_over": "Sudah lewat 15 detik, atau kasusnya sudah dikerjakan. Tutup atau jawab dari kartunya, ya.",
    "nothing_leaves": "Tidak ada lagi balasan yang menunggu dikirim.",
    "case_numbers": "Tulis nomor kasusnya saja, misalnya: 12 15 18",
    "report": asked.HOW,
    "no_pdf": asked.NO_PDF,
    "put_in_how": "Perintahnya belum terbaca. Contoh: /piket ganti Made 25-12 07.00 sampai 19.00 untuk Sari.",
    "leave_how": "Perintahnya belum terbaca. Contoh: /piket cuti Sari 24-12 sampai 31-12 diganti Made.",
    "cancel_how": "Tulis nomornya seperti di /piket, misalnya: /piket batal g3 atau c2.",
    "piket_how": "Perintah itu belum dikenal. Pilihannya: /piket ganti, cuti, batal, serah, atau unduh.",
    "span_date": "Tanggal itu tidak ada di kalender. Tulis seperti 25-12 atau 25-12-2026.",
    "span_time": "Jam itu tidak terbaca. Tulis seperti 07.00.",
    "ends_before": "Selesainya harus setelah mulainya. Periksa tanggal dan jamnya, ya.",
    "span_over": "Waktu itu sudah lewat.",
    "span_long": "Paling lama setahun sekali catat.",
    "own_stand_in": "Pengganti cuti harus orang lain.",
    "not_on_then": "Orang yang digantikan tidak bertugas pada waktu itu. Lihat /piket.",
    "which_rota": "Sebutkan rotanya di akhir, misalnya: di medsos.",
    "queue": queue.HOW,
    "lapor": referral.WRONG,
    "empty_note": notes.EMPTY,
    "assignee": sharing.WRONG_NAME,
    **claims.REFUSALS,
    **data.REFUSALS,
    **search.INPUT,
    **bulk.INPUT,
    **templates.INPUT,
    "snippet_after_words": "Sambung templat dulu, baru sunting. Teks yang sudah disunting tidak ditimpa.",
    "snippet_twice": "Templat itu sudah ada di balasan ini.",
}


_WHO: Mapping[type[Refused], str] = {
    NotEnrolled: "Akun ini belum terdaftar di tim. Minta tautan undangan kepada pengelola, ya.",
    NotMember: (
        "Anda tidak ada di grup tim, jadi akses Anda dihentikan. Terima kasih atas bantuan Anda. "
        "Bila keliru, masuk lagi ke grup lalu minta undangan kepada pengelola."
    ),
    NotNamed: "Pesan ini hanya ditangani pendamping yang ditunjuk. Terima kasih sudah peduli.",
    OwnWords: "Kata-kata sendiri disetujui orang lain. Tunggu koordinator yang lain, ya.",
    TooFast: "Pelan-pelan, ya. Tunggu beberapa detik, lalu tekan lagi.",
}
_CANNOT_JOIN: Mapping[str, str] = {
    "sensitive": "Kasus #{case} tidak bisa ikut: kasus itu ditangani pendamping.",
    "emergency": "Kasus #{case} tidak bisa ikut: keadaan darurat dijawab sendiri-sendiri.",
    "closed": "Kasus #{case} tidak bisa ikut: kasusnya sudah selesai.",
    "drafted": "Kasus #{case} tidak bisa ikut: kasus itu sudah punya balasan sendiri.",
    "taken": "Kasus #{case} tidak bisa ikut: sudah ditangani {by}.",
    "name": "Teksnya menyebut nama warga kasus #{case}. Hapus namanya dulu, lalu coba lagi.",
}
_CANNOT_SWAP: Mapping[str, str] = {
    "same": "Tukar giliran perlu dua orang yang berbeda.",
    "over": "Giliran itu sudah lewat.",
    "not_on": "{who} tidak lagi memegang giliran itu. Ketik /tukar untuk melihat yang terbaru.",
    "busy": "{who} sudah bertugas pada waktu itu, jadi tidak bisa menggantikan.",
    "on_leave": "{who} cuti pada waktu itu, jadi tidak bisa menggantikan.",
}


def refusal(error: Refused, people: Mapping[str, str], zone: Zone) -> str:
    """The sentence for a refusal, for a person whose clock shows `zone`. `people`: names by person id."""
    return one_line(_sentence(error, people, zone), MOST)


def _sentence(error: Refused, people: Mapping[str, str], zone: Zone) -> str:
    match error:
        case NotAllowed(action=action, why=why):
            said = why or explain_denial(Action(action))
        case TakenBy() | CannotJoin() | CannotSwap():
            said = _has_somebody(error, people)
        case Outdated(now_is=now_is, by=by):
            said = f"Kartunya sudah berubah: {state(now_is, by, people)}. Lihat kartu yang terbaru, ya."
        case WrongState(state=now_is, by=by):
            said = f"Belum bisa: {state(now_is, by, people)}."
        case Expired(at=at):
            said = f"Waktunya habis pukul {times.clock(at, zone)}. Minta penulisnya mengajukan lagi."
        case NeedsPause(until=until):
            said = f"Baca sekali lagi dulu, ya. Bisa dipastikan mulai {times.clock_exact(until, zone)}."
        case RunRefused():
            said = story.refused(error, people, zone)
        case _:
            said = _of_words(error)
    return said


def _has_somebody(error: TakenBy | CannotJoin | CannotSwap, people: Mapping[str, str]) -> str:
    """Refusals because a case or a shift goes its own way already."""
    if isinstance(error, CannotSwap):
        return _CANNOT_SWAP[error.why].format(who=people.get(error.person, error.person))
    if isinstance(error, TakenBy):
        return f"Sudah ditangani {people.get(error.person, error.person)}. Terima kasih sudah sigap."
    return _CANNOT_JOIN[error.why].format(case=error.case, by=people.get(error.by, error.by))


def _of_words(error: Refused) -> str:
    """Refusals about a text, and about who or what something is."""
    match error:
        case NotFound(what=what, ref=ref):
            said = _WHAT.get(what, "Yang Anda cari tidak ditemukan.").format(ref=ref)
        case NotEnrolled() | NotMember() | NotNamed() | OwnWords() | TooFast():
            said = _who(error)
        case PersonalData(reasons=reasons):
            more = f" Ada {len(reasons) - 1} hal lain, lihat kartunya." if len(reasons) > 1 else ""
            said = f"Belum bisa diajukan. {reasons[0] if reasons else 'Ada data pribadi di dalamnya.'}{more}"
        case UnusableTemplate(title=title, why=why):
            said = f"Templat “{title}” belum bisa dipakai. {why}"
        case _:
            said = _of_a_field(error)
    return said


def _of_a_field(error: Refused) -> str:
    match error:
        case FieldFault(why=field_why, limit=limit):
            return steps.fault(field_why, limit)
        case CannotModerate(why=why):
            return moderation.cannot(why)
        case SlotFault(why=why):
            return why
        case BadInput(why=why):
            return _input(why)
        case _:
            return "Belum bisa dilakukan. Lihat kartu yang terbaru, lalu coba lagi."


def _who(error: Refused) -> str:
    """Refusals because of who somebody is."""
    if isinstance(error, NotMember) and error.never:
        return "Anda belum ada di grup tim. Minta diundang ke grup, masuk, lalu coba lagi."
    if isinstance(error, OwnWords) and error.private:
        return "Kata-kata sendiri disetujui orang lain. Tunggu pendamping kedua, ya."
    return _WHO[type(error)]


_MOST: Mapping[str, str] = {
    "template_title": "Judulnya paling panjang {} huruf, dan harus memuat huruf atau angka.",
    "too_many_cases": "Paling banyak {} kasus untuk satu balasan.",
    "snippet_most": "Paling banyak {} templat dalam satu balasan.",
    "too_long": "Teksnya terlalu panjang. Paling panjang {} karakter.",
}


def _input(why: str) -> str:
    kind, _, number = why.partition(":")
    if kind in _MOST:
        return _MOST[kind].format(number)
    if kind in {"assignee_off", "assignee_no"}:
        return sharing.off_duty(number) if kind == "assignee_off" else sharing.no_cases(number)
    if kind == "search_key":
        return search.unknown_key(number)
    if kind == "search_many":
        return search.too_many(number)
    return _INPUT.get(kind, "Isian itu belum bisa dipakai. Periksa lagi, lalu kirim ulang.")


def state(code: str, by: str, people: Mapping[str, str]) -> str:
    """Where something stands now, as a clause: "kasus ini sudah ditutup Sari"."""
    who = f" {people.get(by, by)}" if by else ""
    if code in set(CaseStatus):
        return _CASE[CaseStatus(code)].format(by=who)
    if code in set(DraftState):
        tail = f" oleh{who}" if who and code in {"approved", "returned", "rejected"} else ""
        return f"draf ini {called.DRAFT_STATE[DraftState(code)]}{tail}"
    return _OTHER.get(code, "keadaannya sudah lain")
