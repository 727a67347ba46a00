"""A crisis of the office as far as the approval, pressed on the phones of three people."""

from chat_office import Office

from bot.domain.incident import RunId
from bot.domain.run_types import RunState
from bot.sandbox.model import Message

SOURCE = "https://www.lapor.go.id/kabar/1"
FACT = "Tidak ada tanggul yang jebol"


async def opened(office: Office) -> Message:
    """Ani opens the playbook from a comment's card; Pita, who is on call, takes it."""
    comment = await office.comment("Jembatan roboh dan tanggul jebol")
    await office.press("ani", comment, "Eskalasi")
    await office.press("ani", office.cards()[-1], "Kabar bencana")
    pages = [
        m for m in office.seen(office.users["pita"].id) if any("tangani" in b["text"] for b in m.buttons)
    ]
    await office.press("pita", pages[-1], "Saya tangani")
    return office.last("pita")


async def answered(office: Office) -> None:
    """Pita says what the official source says."""
    card = await opened(office)
    await office.press("pita", card, "Salah")
    await office.writes("pita", office.users["pita"].id, SOURCE, reply_to=office.last("pita"))
    await office.writes("pita", office.users["pita"].id, FACT, reply_to=office.last("pita"))
    await office.press("pita", form(office), "Kirim jawaban")


def form(office: Office) -> Message:
    """Pita's card of the question, as it stands now."""
    return next(m for m in office.seen(office.users["pita"].id) if "Cek ke sumber resmi" in m.text)


def approval(office: Office, who: str) -> Message:
    return [m for m in office.seen(office.users[who].id) if "Minta persetujuan" in m.text][-1]


async def run_state(office: Office, number: int = 1) -> RunState:
    return await office.services.incidents.state(RunId(number))
