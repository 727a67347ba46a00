"""Sentences about the crisis mode, which the team calls siaga."""

from collections.abc import Mapping

TITLE = "🛑 Mode siaga"
WHAT = (
    "Selama siaga, balasan untuk warga dan penertiban ditahan; yang keluar hanya unggahan dan balasan "
    "insiden. Semua kata untuk publik disetujui dua orang. Draf yang didiamkan naik ke tingkat "
    "berikutnya, dan kasus yang didiamkan kembali ke antrean, setelah 10 menit; tidak ada kiriman "
    "langsung. Pesan untuk keselamatan jiwa, penghapusan data pribadi, dan pembatalan penertiban tetap "
    "berjalan."
)
OFF = "Sekarang tidak berlaku."
SET = "🛑 Berlakukan siaga"
LIFT = "🔓 Akhiri siaga"
IS_SET = "Siaga berlaku mulai sekarang."
WAS_SET = "Siaga sudah berlaku."
IS_LIFTED = "Siaga diakhiri."
WAS_LIFTED = "Siaga sudah tidak berlaku."
HELD = "🛑 Balasan ditahan selama mode siaga."


AGREED = "Tercatat. Selama siaga perlu satu orang lain lagi yang menyetujui."


def first_of_two(name: str) -> str:
    return f"✅ {name} sudah menyetujui. Selama siaga perlu satu orang lain lagi."


def since(name: str, when: str) -> str:
    """Berlaku sejak 09.12 WIB, oleh Sekar."""
    return f"Berlaku sejak {when}, oleh {name}."


def on_board(name: str, when: str) -> str:
    return f"{TITLE} sejak {when}, oleh {name}."


def _who(p: Mapping[str, object], names: Mapping[str, str]) -> str:
    person = str(p.get("person", ""))
    return names.get(person, person)


def was_set(p: Mapping[str, object], names: Mapping[str, str]) -> str:
    return (
        f"🛑 {_who(p, names)} memberlakukan mode siaga. Balasan untuk warga dan penertiban ditahan; "
        "kata-kata untuk publik disetujui dua orang. Koordinator mengakhirinya dengan /siaga."
    )


def was_lifted(p: Mapping[str, object], names: Mapping[str, str]) -> str:
    return f"🔓 {_who(p, names)} mengakhiri mode siaga. Yang tertahan kini dikirim."
