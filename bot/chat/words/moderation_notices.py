"""What the team hears about moderation by itself: what failed, what is in doubt, what is read again."""

from collections.abc import Callable, Mapping, Sequence

from bot.chat.words.cards import head
from bot.chat.words.moderation import CHECK, REMEDY, number, state, why
from bot.domain.measure import State
from bot.domain.moderation import Remedy


def nobody(measure: int) -> str:
    return (
        f"🛡 {number(measure)}: belum ada koordinator lain yang bisa dihubungi untuk memutuskan. "
        "Hubungi langsung, ya."
    )


def failed(measure: int, case: int, code: str) -> str:
    return f"🛡 {number(measure)} untuk {head(case)} gagal: {why(code)}."


def not_undone(measure: int, case: int, code: str) -> str:
    return f"🛡 {number(measure)} untuk {head(case)} belum bisa diurungkan: {why(code)}."


def unsure(measure: int, case: int) -> str:
    return f"🛡 {number(measure)} untuk {head(case)}: tegurannya belum pasti terkirim. {CHECK}"


def _of(params: Mapping[str, object]) -> tuple[int, int, str]:
    """Its number, its case, and what stood in the way."""
    return int(str(params.get("measure", 0))), int(str(params.get("case", 0))), str(params.get("why", ""))


def _audit(params: Mapping[str, object]) -> str:
    listed = params.get("measures")
    rows = (
        [one for one in listed if isinstance(one, list | tuple)] if isinstance(listed, list | tuple) else []
    )
    return audit(int(str(params.get("of", 0))), rows, str(params.get("seed", "")))


def audit(of: int, measures: Sequence[Sequence[object]], seed: str) -> str:
    """Once a month, to those who read some decisions again."""
    listed = [
        f"{number(int(str(one[0])))} · {head(int(str(one[1])))} · "
        f"{REMEDY[Remedy(str(one[2]))] if one[2] else '-'} · {one[3]} · "
        f"{state(State(str(one[4])), dry=bool(one[5]))}"
        for one in measures
    ]
    return "\n".join(
        [
            f"🛡 Baca ulang keputusan penertiban bulan lalu: {len(listed)} dari {of}, dipilih dengan undian.",
            *listed,
            "Ketuk nomornya untuk membaca buktinya. Bila keliru, urungkan atau bicarakan dengan tim.",
            f"Undian: {seed}",
        ]
    )


def _unread(params: Mapping[str, object]) -> str:
    """🛡 Contoh acak penertiban bulan lalu: 3 dari 10 keputusan belum dibaca ulang. …"""
    listed = params.get("measures")
    left = len(listed) if isinstance(listed, list | tuple) else 0
    return (
        f"🛡 Contoh acak penertiban bulan lalu: {left} dari {int(str(params.get('of', 0)))} keputusan belum "
        "dibaca ulang selain oleh pengusul dan pemutusnya. Ketuk nomornya untuk membaca buktinya."
    )


NOTICES: Mapping[str, Callable[[Mapping[str, object], Mapping[str, str]], str]] = {
    "measure_nobody": lambda p, _n: nobody(_of(p)[0]),
    "measure_failed": lambda p, _n: failed(*_of(p)),
    "measure_not_undone": lambda p, _n: not_undone(*_of(p)),
    "measure_unsure": lambda p, _n: unsure(*_of(p)[:2]),
    "measure_audit": lambda p, _n: _audit(p),
    "measure_unread": lambda p, _n: _unread(p),
}
