"""What an agency's own settings let happen: nobody to approve, contacts that lead nowhere, open secrets."""

from collections.abc import Iterator
from importlib.util import find_spec

from bot.domain.people import Action, Person, Role, may
from bot.domain.playbook import Via
from bot.files.fault import Fault, Place, fault_at
from bot.files.other_ways import LIBRARY
from bot.files.rule_places import Office
from bot.files.secrets import too_open
from bot.files.settings import Settings

_PHONE = {Via.SMS: "phone", Via.VOICE: "phone"}
"""The key that serves for these where a person has no number of their own for them."""


def team_advice(office: Office) -> Iterator[Fault]:
    """Everything that is about config.yaml alone."""
    yield from too_open(office.settings)
    yield from _hands(office)
    yield from _withdrawn(office)
    yield from _idle_contacts(office)


def able(settings: Settings, action: Action) -> list[Person]:
    """Who may do this, on duty."""
    people, without = settings.persons.values(), settings.withdrawn
    return [person for person in people if may(person.roles, action, on_duty=True, withdrawn=without)]


def _hands(office: Office) -> Iterator[Fault]:
    """Two people for every text, or the agency says that it is alone."""
    settings = office.settings
    approvers = able(settings, Action.APPROVE)
    workers = {person.id for person in (*approvers, *able(settings, Action.SUBMIT))}
    if settings.approval.alone and len(workers) > 1:
        message = "Mode satu orang menyala padahal ada orang kedua yang bisa menyetujui atau menulis."
        yield fault_at(office.place("approval", "alone"), message, "Tulis alone: false.")
    elif len(approvers) == 1 and not settings.approval.alone:
        (only,) = approvers
        message = f"Hanya {only.name} yang bisa menyetujui; drafnya sendiri tidak bisa terkirim."
        place = office.place("people", list(settings.persons).index(only.id), "roles")
        yield fault_at(place, message, "Beri peran koordinator kepada orang kedua.")


def _withdrawn(office: Office) -> Iterator[Fault]:
    if Role.KOORDINATOR in office.settings.withdrawn:
        place = office.place("roles", Role.KOORDINATOR.value, "without")
        message = "Ada hak koordinator yang dicabut."
        yield fault_at(place, message, "Pastikan orang lain memegang hak itu, atau hapus baris ini.")


def _idle_contacts(office: Office) -> Iterator[Fault]:
    """Contacts for which there is no gateway, each kind once; nothing where there are no gateways at all."""
    if not office.settings.gateways:
        return
    if find_spec(LIBRARY) is None:
        message = "Pustaka apprise tidak terpasang; panggilan hanya lewat Telegram."
        yield fault_at(office.place("pages", "gateways"), message, "Pasang: pip install apprise")
    told: set[Via] = set()
    for number, person in enumerate(office.settings.persons.values()):
        for via in (Via(contact.kind) for contact in person.contacts):
            if via in told or via in office.settings.gateways:
                continue
            told.add(via)
            message = f"Kontak {via} belum terpakai; gerbangnya belum ada di pages.gateways."
            yield fault_at(_contact(office, number, via), message, f"Tambahkan gerbang {via}.")


def _contact(office: Office, number: int, via: Via) -> Place:
    own = office.settings.people[number].contacts
    key = via.value if getattr(own, via.value) else _PHONE.get(via, via.value)
    return office.place("people", number, "contacts", key)
