"""The long incident, act by act: what people do, and how much time passes.

Every act does each of its deeds once and may be interrupted anywhere; the rig starts the bot again and goes
on behind the deed that was under way, as people do who press once and wait.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Protocol

from benchmarks.incident_town import CITIZENS, Town
from bot.sandbox import Message

RUMOUR = (
    "Sebarkan! Air PDAM mulai malam ini dicampur bahan kimia berbahaya, belasan orang masuk rumah sakit",
    "Min bener nggak air PDAM mulai malam ini dicampur bahan kimia berbahaya? Katanya belasan orang dirawat",
    "Dapat dari grup RT: sebarkan, air PDAM mulai malam ini dicampur bahan kimia berbahaya",
    "Beredar kabar air PDAM beracun, belasan warga dirawat di rumah sakit tapi ditutup-tutupi",
    "sebarkan air PDAM malam ini dicampur bahan kimia berbahaya katanya belasan orang masuk rumah sakit",
)
FACT = "Air PDAM malam ini aman menurut hasil uji"
ADVICE = "Air tetap boleh dipakai seperti biasa"
SOURCE = "https://www.pdam.go.id/uji"
LINK = "https://instagram.example/p/1"
REPLY = "Terima kasih sudah bertanya"
Deed = Callable[[], object]


class Act(Protocol):
    """Yields its deeds one by one: something that people do, or the minutes that pass."""

    def __call__(self, town: Town, /) -> AsyncIterator[Deed | float]: ...


def _card(town: Town, key: str, *words: str, button: str = "") -> Message:
    return town.one(town.user(key), *words, button=button)


async def burst(town: Town) -> AsyncIterator[Deed | float]:
    """Three comments of one claim: the incident opens, Dimas is called."""
    for name, text in zip(CITIZENS[:3], RUMOUR[:3], strict=True):
        yield lambda name=name, text=text: town.comment(name, text)


async def ladder(_town: Town) -> AsyncIterator[Deed | float]:
    """Nobody answers: the second and the third level are called."""
    yield 6
    yield 5


async def ack(town: Town) -> AsyncIterator[Deed | float]:
    """Gita has it; the question of the first step reaches her."""
    yield lambda: town.press("gita", _card(town, "gita", button="Saya tangani"), "Saya tangani")


async def more(town: Town) -> AsyncIterator[Deed | float]:
    """Two more comments of the claim are added to the evidence; nobody is called again."""
    for name, text in zip(CITIZENS[3:], RUMOUR[3:], strict=True):
        yield lambda name=name, text=text: town.comment(name, text)


async def lease(town: Town) -> AsyncIterator[Deed | float]:
    """Twenty minutes of silence: she is asked, and says that she still has it."""
    yield 21
    yield lambda: town.press("gita", _card(town, "gita", button="Ya, masih"), "Ya, masih")


async def form(town: Town) -> AsyncIterator[Deed | float]:
    """A choice, two lines, sent."""
    yield lambda: town.press("gita", _card(town, "gita", "Cek ke sumber resmi"), "Belum dapat dipastikan")
    yield lambda: town.answer("gita", SOURCE)
    yield lambda: town.answer("gita", FACT)
    yield lambda: town.press("gita", _card(town, "gita", button="Kirim jawaban"), "Kirim jawaban")


async def request(town: Town) -> AsyncIterator[Deed | float]:
    """The unit is reminded once, and answers."""
    yield 20
    yield lambda: town.press("rini", _card(town, "rini", button="Isi"), "Isi")
    yield lambda: town.answer("rini", ADVICE)
    yield lambda: town.press("rini", _card(town, "rini", button="Kirim jawaban"), "Kirim jawaban")


async def approval(town: Town) -> AsyncIterator[Deed | float]:
    """One yes and a reminder, while Gita is silent for too long and is called again; she is back. With the
    other yes the words go to the channel, and she is asked for Instagram.
    """
    yield lambda: town.press("sekar", _card(town, "sekar", button="Setujui"), "Setujui")
    yield 11
    yield lambda: town.press("gita", _card(town, "gita", button="Saya tangani"), "Saya tangani")
    yield lambda: town.press("tirta", _card(town, "tirta", button="Setujui"), "Setujui")


async def by_hand(town: Town) -> AsyncIterator[Deed | float]:
    """Gita has posted it elsewhere and says where; the first comments are answered."""
    yield lambda: town.press("gita", _card(town, "gita", button="Sudah tayang"), "Sudah tayang")
    yield lambda: town.answer("gita", LINK)


async def pace(_town: Town) -> AsyncIterator[Deed | float]:
    """Two replies a minute, until every comment has one."""
    yield 3


async def checklist(town: Town) -> AsyncIterator[Deed | float]:
    """What is held by hand, and both items, are ticked on the incident's card."""
    yield lambda: town.press("gita", town.one(town.crisis, button="✓ 1"), "✓ 1")
    yield lambda: town.press("gita", town.one(town.crisis, button="✓ 1"), "✓ 1")
    yield lambda: town.press("gita", town.one(town.crisis, button="✓ 1"), "✓ 1")


async def cadence(_town: Town) -> AsyncIterator[Deed | float]:
    """An hour after the post the coordinators are asked for news."""
    yield 61


async def resolve(town: Town) -> AsyncIterator[Deed | float]:
    """A coordinator closes it and lets go what was held."""
    yield lambda: town.press("sekar", town.one(town.crisis, button="Selesai"), "Selesai")
    yield lambda: town.press("sekar", _card(town, "sekar", button="Lepas"), "Lepas")
    yield 90


ACTS: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        burst,
        ladder,
        ack,
        more,
        lease,
        form,
        request,
        approval,
        by_hand,
        pace,
        checklist,
        cadence,
        resolve,
    )
}
