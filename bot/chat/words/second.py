"""What a page says where Telegram does not bring it: short, plain signs, nothing of any citizen."""

from collections.abc import Mapping

from bot.domain.second import Because

DRILL = "LATIHAN"
_DO: Mapping[str, str] = {
    Because.FIRST: "Buka Telegram dan tekan Saya tangani.",
    Because.REFUSED: (
        "Pesan bot tidak sampai di Telegram Anda: tekan Saya tangani di kartunya di grup, "
        "atau kabari koordinator."
    ),
    Because.STUCK: (
        "Telegram sedang terganggu: hubungi rekan tim langsung, dan tekan Saya tangani begitu pulih."
    ),
}


def title(number: str, severity: str, *, drill: bool) -> str:
    """Panggilan K-3 (darurat)."""
    return f"{DRILL}: panggilan {number} ({severity})" if drill else f"Panggilan {number} ({severity})"


def text(agency: str, matter: str, because: str, *, drill: bool) -> str:
    """One message of a phone. `matter`: what it is about; "" where even that is too much."""
    about = f": {matter}" if matter else ""
    mark = f"{DRILL}, bukan kejadian nyata. " if drill else ""
    return f"{mark}Tanggap {agency} memanggil Anda{about}. {_DO.get(because, _DO[Because.FIRST])}"


def a_test(agency: str) -> tuple[str, str]:
    """Title and text of a test."""
    return "Uji panggilan", f"Tanggap {agency}: ini hanya uji jalan lain. Tidak perlu berbuat apa-apa."
