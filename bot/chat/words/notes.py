"""Notes of the team on a case."""

from collections.abc import Mapping, Sequence

from bot.chat.words.cards import head
from bot.chat.words.names import listed

NOTE = "📝 Catat"
TITLE = "Catatan tim"
EMPTY = "Catatannya masih kosong. Tulis, lalu kirim lagi."
TOAST_ASKED = "Balas pesan bot di bawah dengan catatannya, ya."

Params = Mapping[str, object]
Names = Mapping[str, str]


def by(name: str, when: str) -> str:
    return f"{name}, {when}: "


def earlier(count: int) -> str:
    return f"… dan {count} catatan sebelumnya."


def mentioned(p: Params, n: Names) -> str:
    who = str(p.get("by", ""))
    return f"📝 {n.get(who, who)} menyebut Anda di catatan {head(int(str(p.get('case', 0))))}:"


def unheard(p: Params, n: Names) -> str:
    people = p.get("people")
    named = [n.get(str(one), str(one)) for one in people] if isinstance(people, Sequence) else []
    return (
        f"⚠️ {head(int(str(p.get('case', 0))))}: {listed(named)} disebut di catatan, tetapi belum bisa "
        "dihubungi bot. Kabari langsung, ya."
    )


def question(p: Params, name: str) -> tuple[str, str]:
    case = head(int(str(p.get("case", 0))))
    said = (
        f"📝 {name}, balas pesan ini dengan catatan untuk {case}. Hanya tim yang membacanya. "
        "Tulis @nama untuk mengabari rekan."
    )
    return said, "Catatan untuk tim"
