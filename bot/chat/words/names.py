"""What things are called on screen."""

from collections.abc import Mapping

from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Comment, Platform
from bot.domain.network import Network
from bot.domain.people import Role
from bot.domain.playbook import Via
from bot.domain.priority import Urgency
from bot.domain.reply import ApprovedAs, DraftState
from classifiers.labels import Label

LABELS: Mapping[str, str] = {
    Label.QUESTION: "Pertanyaan",
    Label.COMPLAINT: "Keluhan/Kritik",
    Label.HOAX: "Klaim terkait hoaks",
    Label.HATE: "Ujaran kebencian",
    Label.ABUSIVE: "Kata kasar",
    Label.EMERGENCY: "Darurat",
    Label.SPAM: "Spam",
    Label.PRAISE: "Apresiasi",
}
URGENCY: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: "Darurat",
    Urgency.HIGH: "Tinggi",
    Urgency.NORMAL: "Biasa",
    Urgency.LOW: "Rendah",
}
URGENCY_MARK: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: "🔴",
    Urgency.HIGH: "🟠",
    Urgency.NORMAL: "🔵",
    Urgency.LOW: "⚪",
}
STATUS: Mapping[CaseStatus, str] = {
    CaseStatus.NEW: "Baru",
    CaseStatus.ASSIGNED: "Ditangani",
    CaseStatus.DRAFTED: "Menunggu persetujuan",
    CaseStatus.ANSWERED: "Dijawab",
    CaseStatus.CLOSED: "Ditutup",
    CaseStatus.SNOOZED: "Ditunda",
    CaseStatus.MERGED: "Digabung",
    CaseStatus.HANDED_OVER: "Bukan wewenang kami",
}
# Open cases show how urgent they are; the others show how they ended.
STATUS_MARK: Mapping[CaseStatus, str] = {
    CaseStatus.ANSWERED: "✅",
    CaseStatus.CLOSED: "🗂",
    CaseStatus.SNOOZED: "⏰",
    CaseStatus.MERGED: "🗂",
    CaseStatus.HANDED_OVER: "🗂",
}
CLOSE_REASON: Mapping[CloseReason, str] = {
    CloseReason.ANSWERED: "Sudah dijawab",
    CloseReason.NO_REPLY_NEEDED: "Tidak perlu balasan",
    CloseReason.DUPLICATE: "Ganda",
    CloseReason.SPAM: "Spam",
    CloseReason.NOT_OURS: "Bukan wewenang kami",
    CloseReason.FALSE_ALARM: "Salah alarm",
}
DRAFT_STATE: Mapping[DraftState, str] = {
    DraftState.WRITING: "sedang ditulis",
    DraftState.WAITING: "menunggu persetujuan",
    DraftState.APPROVED: "sudah disetujui",
    DraftState.POSTED: "sudah tayang",
    DraftState.RETURNED: "sudah dikembalikan",
    DraftState.REJECTED: "sudah ditolak",
    DraftState.EXPIRED: "sudah lewat waktu",
    DraftState.STALE: "tidak berlaku lagi karena warga mengubah komentarnya atau menulis lagi",
    DraftState.DROPPED: "sudah dibatalkan penulisnya",
}
APPROVED_AS: Mapping[ApprovedAs, str] = {
    ApprovedAs.TEXT: "Disetujui",
    ApprovedAs.SET: "Teks dan daftarnya disetujui",
    ApprovedAs.CLOSED_TEMPLATE: "Dikirim langsung dari templat yang sudah disetujui",
    ApprovedAs.ALONE: "Dipastikan sendiri setelah dibaca ulang",
}
PLATFORM: Mapping[Platform, str] = {
    Platform.TELEGRAM_DISCUSSION: "komentar",
    Platform.TELEGRAM_DM: "pesan pribadi",
    Platform.FORWARDED: "diteruskan tim",
    Platform.CSV: "dari berkas impor",
}
LOOK = "lihat"
ROLE: Mapping[Role, str] = {
    Role.ADMIN: "admin",
    Role.KOORDINATOR: "koordinator",
    Role.PIKET: "piket",
    Role.NARAHUBUNG: "narahubung",
    Role.PIMPINAN: "pimpinan",
    Role.PENGELOLA: "pengelola",
}
MEDIA: Mapping[str, str] = {
    "photo": "foto",
    "video": "video",
    "voice": "pesan suara",
    "audio": "audio",
    "document": "dokumen",
    "sticker": "stiker",
    "animation": "gambar bergerak",
    "video_note": "pesan video",
    "location": "lokasi",
    "contact": "kontak",
    "poll": "jajak pendapat",
}


WAY: Mapping[str, str] = {
    Via.TELEGRAM: "Telegram",
    Via.SMS: "SMS",
    Via.VOICE: "telepon",
    Via.EMAIL: "surel",
    Via.NTFY: "ntfy",
    Via.WEBHOOK: "webhook",
}


def way(via: object) -> str:
    """How a page travels."""
    return WAY.get(str(via), str(via))


def label(code: str) -> str:
    """A label's name; an unknown code of another model stands as it is."""
    return LABELS.get(code, code)


def place(comment: Comment) -> str:
    """Where it was written, or how it came."""
    way = PLATFORM[comment.origin.platform]
    return f"{Network(comment.network).called}, {way}" if comment.network else way


def percent(score: float) -> str:
    """82 %. Nothing is a hundred but the very same."""
    return f"{100 if score >= 1 else min(99, round(score * 100))} %"


def rounded(count: int) -> str:
    """950, 1,2 ribu, 12 ribu, 3,4 juta."""
    for size, word in ((1_000_000, "juta"), (1_000, "ribu")):
        if count >= size:
            many = count / size
            return f"{f'{many:.1f}'.removesuffix('.0').replace('.', ',') if many < 10 else int(many)} {word}"
    return str(count)


def media(code: str) -> str:
    return MEDIA.get(code, "lampiran")


def listed(names: list[str] | tuple[str, ...]) -> str:
    """ "Ana", "Ana dan Budi", "Ana, Budi, dan Citra"."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
