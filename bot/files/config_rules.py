"""Rules that join distant lines of config.yaml. They read the tree, so that a fault elsewhere hides none."""

from collections.abc import Iterator

from bot.domain.people import Action, Role, Withdrawn, may
from bot.files.calendar_rules import calendar_faults
from bot.files.fault import Fault, fault_at, quote
from bot.files.known import Known, people_readable
from bot.files.nodes import Entries, Loc, Node, descend, locate, named, rows, text_of, texts, twice


def config_faults(root: Entries, known: Known) -> list[Fault]:
    """All that is wrong between the sections."""
    withdrawn = _withdrawn(root)
    return [
        *twice(named(root.get("people"), "id"), "Orang"),
        *twice(named(root.get("units"), "id"), "Unit"),
        *twice(named(descend(root, ("events", "sources")), "id"), "Pengirim"),
        *_event_secrets(root),
        *twice(named(descend(root, ("moderation", "rules")), "id"), "Aturan"),
        *_team(root, known, withdrawn),
        *_levels(root, known, withdrawn),
        *_unlocker(root, known, withdrawn),
        *_webhook(root),
        *_chats(root),
        *calendar_faults(root),
    ]


def can(known: Known, person: str, action: Action, withdrawn: Withdrawn) -> bool:
    """Whether this person has the right in principle, on duty or not."""
    roles = {Role(role) for role in known.people.get(person, frozenset()) if role in frozenset(Role)}
    return may(roles, action, on_duty=True, paged=True, own=True, withdrawn=withdrawn)


def _withdrawn(root: Entries) -> Withdrawn:
    found = {}
    for role in Role:
        without = texts(descend(root, ("roles", role.value, "without")))
        found[role] = frozenset(Action(t.text) for t in without if t.text in frozenset(Action))
    return found


def _team(root: Entries, known: Known, withdrawn: Withdrawn) -> Iterator[Fault]:
    if not people_readable(root):
        return  # what is wrong with the list is said there; a count over half of it would only confuse
    place = locate(root, ("people",), key=True)
    if not any(can(known, person, Action.MANAGE, withdrawn) for person in known.people):
        yield fault_at(place, "Belum ada pengelola.", "Beri seseorang peran pengelola.")
    approvers = {p for p in known.people if can(known, p, Action.APPROVE, withdrawn)}
    writers = {p for p in known.people if can(known, p, Action.SUBMIT, withdrawn)}
    if not approvers:
        yield fault_at(
            place, "Belum ada yang berhak menyetujui balasan.", "Beri seseorang peran koordinator."
        )
    elif len(approvers | writers) < 2 and text_of(descend(root, ("approval", "alone"))) != "true":
        yield fault_at(
            place,
            "Perlu dua orang: satu menulis, satu menyetujui.",
            "Bila memang sendiri, tulis approval.alone: true.",
        )


def _people_of(reference: str, root: Entries, known: Known) -> frozenset[str]:
    kind, _, name = reference.partition(":")
    paths: dict[str, Loc] = {"group": ("groups", name)}
    if kind == "role":
        return frozenset(person for person, roles in known.people.items() if name in roles)
    if kind == "person":
        return frozenset({name})
    if kind == "unit":
        units = [u for u in rows(root.get("units")) if text_of(u.get("id")) == name]
        return frozenset(t.text for unit in units for t in texts(unit.get("people")))
    if kind == "oncall":
        shifts = rows(descend(root, ("rota", name, "shifts")))
        return frozenset(t.text for shift in shifts for t in texts(shift.get("people")))
    return frozenset(t.text for t in texts(descend(root, paths.get(kind, ()))))


def _levels(root: Entries, known: Known, withdrawn: Withdrawn) -> Iterator[Fault]:
    for level in texts(descend(root, ("approval", "levels"))):
        people = _people_of(level.text, root, known) & known.people.keys()
        if people and not any(can(known, person, Action.APPROVE, withdrawn) for person in people):
            message = f"Tidak seorang pun di {quote(level.text)} berhak menyetujui."
            yield fault_at(level.place, message, "Beri salah satunya peran koordinator.")


def _unlocker(root: Entries, known: Known, withdrawn: Withdrawn) -> Iterator[Fault]:
    node: Node | None = descend(root, ("lock", "unlock_by"))
    person = text_of(node)
    if node is not None and person in known.people and not can(known, person, Action.UNLOCK, withdrawn):
        able = {p for p in known.people if can(known, p, Action.UNLOCK, withdrawn)}
        message = f"{quote(person)} tidak berhak /buka: perlu peran koordinator atau pengelola."
        yield fault_at(node.place, message, f"Yang berhak: {', '.join(sorted(able)) or 'belum ada'}.")


def _webhook(root: Entries) -> Iterator[Fault]:
    mode = descend(root, ("telegram", "mode"))
    hook = descend(root, ("telegram", "webhook"))
    if mode is not None and text_of(mode) == "webhook" and hook is None:
        yield fault_at(mode.place, "Mode webhook membutuhkan bagian telegram.webhook.")
    web = descend(root, ("web", "port"))
    if isinstance(hook, Entries) and (text_of(hook.get("port")) or "8443") == (text_of(web) or "8080"):
        place = locate(root, ("web", "port")) if web else locate(hook, ("port",))
        yield fault_at(place, "Port web dan port webhook tidak boleh sama.", "Pakai dua port yang berbeda.")


def _event_secrets(root: Entries) -> Iterator[Fault]:
    """Whoever holds one secret could speak for both. What is written there is never repeated."""
    seen: dict[str, int] = {}
    for node in named(descend(root, ("events", "sources")), "secret"):
        line = seen.setdefault(node.text, node.place.line)
        if line != node.place.line and node.text:
            yield fault_at(
                node.place, f"Rahasia ini sama dengan yang di baris {line}.", "Satu pengirim, satu rahasia."
            )


def _chats(root: Entries) -> Iterator[Fault]:
    chats = root.get("chats")
    team = (
        {text_of(descend(root, ("chats", key))): said for key, said in _TEAM_CHATS.items()} if chats else {}
    )
    seen: set[str] = set()
    for chat in rows(descend(root, ("chats", "public"))):
        for node in (chat.get("channel"), chat.get("discussion")):
            text = text_of(node)
            if node is None or not text:
                continue
            if text in team:
                yield fault_at(node.place, f"ID ini sama dengan {team[text]}: kartu tim akan terbaca publik.")
            elif text in seen:
                yield fault_at(node.place, "ID ini sudah dipakai di chats.public.")
            seen.add(text)


_TEAM_CHATS = {"triage": "grup tim", "crisis": "grup krisis"}
