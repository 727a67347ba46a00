"""Who somebody is, what they may do, how they join and leave, and the public lock."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.errors import BadInput, NotAllowed, NotEnrolled, NotFound, Outdated, Refused
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice, to_person
from bot.domain.people import Action, Person, PersonId, Role, Withdrawn, may
from bot.domain.playbook import Via
from bot.services.ports import Clock, Duty, Parts, Store
from bot.services.tap import Tap

INVITATION_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of the config. `unlock_by`: the one person who may lift /kunci alone.

    `ways`: how a page reaches somebody whom Telegram does not, in order.
    """

    people: Mapping[PersonId, Person]
    groups: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    withdrawn: Withdrawn = field(default_factory=dict)
    unlock_by: PersonId | None = None
    ways: Mapping[PersonId, tuple[Via, ...]] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        return {person.id: person.name for person in self.people.values()}

    def called(self) -> dict[str, str]:
        """How people are called on cards, and units: `unit:bpbd`."""
        return {**self.names, **{f"unit:{unit}": name for unit, name in self.unit_names.items()}}

    def units_of(self, person: PersonId) -> tuple[str, ...]:
        return tuple(unit for unit, people in self.units.items() if person in people)

    @property
    def managers(self) -> tuple[PersonId, ...]:
        """Who looks after the bot itself."""
        return self.with_role(Role.PENGELOLA) or self.with_role(Role.ADMIN)

    def with_role(self, role: Role) -> tuple[PersonId, ...]:
        return tuple(person.id for person in self.people.values() if role in person.roles)


class Team:
    """Rights are what the config gives, less what was revoked in the store."""

    def __init__(self, store: Store, directory: Directory, duty: Duty, clock: Clock) -> None:
        self._store = store
        self.directory = directory
        self._duty = duty
        self._clock = clock

    @property
    def names(self) -> dict[str, str]:
        return self.directory.names

    async def person_of(self, telegram_id: int) -> Person:
        """Raises NotEnrolled for a stranger, a suspended person, and one whom the config dropped."""
        for link in await self._store.read.people.links(telegram_id):
            if not link.suspended and link.person in self.directory.people:
                return self.directory.people[link.person]
        raise NotEnrolled

    async def require(
        self, person: Person, action: Action, *, paged: bool = False, own: bool = False
    ) -> None:
        """Raises NotAllowed if the permission table says no."""
        if not await self.allows(person.id, action, paged=paged, own=own):
            raise NotAllowed(action)

    async def allows(
        self, person: PersonId, action: Action, *, paged: bool = False, own: bool = False
    ) -> bool:
        """Whether the permission table says yes: for offering a button, and for obeying it."""
        known = self.directory.people.get(person)
        on_duty = await self._duty.on_duty(person, self._clock.now())
        withdrawn = self.directory.withdrawn
        roles = known.roles if known is not None else frozenset()
        return may(roles, action, on_duty=on_duty, paged=paged, own=own, withdrawn=withdrawn)

    async def denied(self, who: str, refused: Refused, subject: str, cause: str) -> bool:
        """Journals, once, what a rule stopped. `who`: a person id, or `tg:NUMBER` for a stranger.

        False where nothing was: after a crash the same press came again and met what it had done itself.
        """
        detail = {"why": type(refused).__name__}
        async with self._store.transaction() as tx:
            if await tx.journal.was_done(cause, who):
                return False
            if not await tx.journal.has(cause, "denied"):
                actor = await tx.journal.pseudonym(who) if who.startswith("tg:") else who
                await tx.journal.write(Entry(self._clock.now(), actor, "denied", subject, cause, detail))
        return True

    async def invite(self, person: PersonId, by: str) -> str:
        """A one-time secret for `person`; only its hash is kept. Raises NotFound."""
        if person not in self.directory.people:
            raise NotFound("person", person)
        secret = secrets.token_urlsafe(18)
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await tx.people.invite(_sha(secret), person, now + INVITATION_LASTS)
            await tx.journal.write(Entry(now, by, "invite", f"person:{person}"))
        return secret

    async def enrol(self, secret: str, telegram_id: int, cause: str) -> Person:
        """Binds the account to the person of the invitation; a change of accounts is told to the team.

        Raises BadInput if it is spent or unknown.
        """
        now = self._clock.now()
        async with self._store.transaction() as tx:
            person = await tx.people.use_invitation(_sha(secret), now)
            if person is None or person not in self.directory.people:
                raise BadInput("invitation")
            change = await _change(tx, person, telegram_id)
            await tx.people.link(person, telegram_id, now)
            detail = {"account": await tx.journal.pseudonym(f"tg:{telegram_id}"), **change}
            await tx.journal.write(Entry(now, person, "enrol", f"person:{person}", cause, detail))
            if change:
                said = {"person": person, "left": change.get("leaves", "")}
                await tx.outbox.put(f"{cause}:account", Notice(TRIAGE, "account_changed", said), now)
        return self.directory.people[person]

    async def left(self, telegram_id: int, cause: str) -> None:
        """Left or was removed from the team's group: out until invited again."""
        try:
            person = await self.person_of(telegram_id)
        except NotEnrolled:
            return
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await tx.people.suspend(person.id, "left", now)
            await tx.journal.write(Entry(now, "bot", "suspend", f"person:{person.id}", cause))
            await tx.outbox.put(f"{cause}:left", Notice(TRIAGE, "suspended", {"person": person.id}), now)

    async def bot_lost_place(self, chat: str, cause: str) -> None:
        """The bot was removed from, or demoted in, a group: those who can mend it hear it privately."""
        now = self._clock.now()
        menders = {*self.directory.with_role(Role.PENGELOLA), *self.directory.with_role(Role.KOORDINATOR)}
        async with self._store.transaction() as tx:
            await tx.journal.write(Entry(now, "bot", "lost_place", f"chat:{chat}", cause))
            for person in sorted(menders):
                notice = Notice(to_person(person), "lost_place", {"chat": chat})
                await tx.outbox.put(f"{cause}:lost:{person}", notice, now)

    async def set_reachable(self, telegram_id: int, reachable: bool, cause: str) -> None:
        """The person blocked the bot, or let it in again."""
        now, action = self._clock.now(), "reachable" if reachable else "unreachable"
        for link in await self._store.read.people.links():
            if link.telegram_id == telegram_id and link.reachable is not reachable:
                async with self._store.transaction() as tx:
                    await tx.people.set_reachable(link.person, reachable)
                    await tx.journal.write(Entry(now, link.person, action, f"person:{link.person}", cause))

    async def lock(self, tap: Tap) -> None:
        """/kunci: nothing goes to the public from now on; pages and team messages do."""
        await self.require(tap.person, Action.LOCK)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "lock"):
                return
            await tx.people.lock(tap.person.id, tap.at)
            await self._tell(tx, tap, "lock", "locked")

    async def unlock(self, tap: Tap, since: int | None = None) -> bool:
        """/buka: true when it is lifted; false when a second person is still needed.

        `since`: of a button, when the lock was set that it lifts, in seconds. Raises Outdated: it is another.
        """
        await self.require(tap.person, Action.UNLOCK)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "unlock_asked"):
                return False
            lock = await tx.people.public_lock()
            if lock is None or await tx.journal.has(tap.cause, "unlock"):
                return True
            if since not in {None, int(lock.at.timestamp())}:
                raise Outdated("")
            alone = tap.person.id == self.directory.unlock_by
            first = lock.unlock_by if await still_may(self, tx, lock.unlock_by, Action.UNLOCK) else None
            if not alone and first in {None, tap.person.id}:
                await tx.people.ask_unlock(tap.person.id)
                await self._tell(tx, tap, "unlock_asked", "unlock_asked", since=int(lock.at.timestamp()))
                return False
            await tx.people.unlock()
            await self._tell(tx, tap, "unlock", "unlocked")
            return True

    async def _tell(self, tx: Parts, tap: Tap, action: str, what: str, **more: object) -> None:
        if not await tx.journal.has(tap.cause, action):
            await tx.journal.write(Entry(tap.at, tap.person.id, action, "public", tap.cause))
        notice = Notice(TRIAGE, what, {"person": tap.person.id, **more})
        await tx.outbox.put(f"{tap.cause}:{what}", notice, tap.at)


async def still_may(team: Team, tx: Parts, person: PersonId | None, action: Action) -> bool:
    """Whether the "yes" of the first of two counts: not once they left, or lost the right."""
    if person is None or not await team.allows(person, action):
        return False
    return any(link.person == person and not link.suspended for link in await tx.people.links())


async def retire_dropped(store: Store, directory: Directory, now: datetime) -> None:
    """Whom the config does not name any more is out until invited again, as after leaving. At the
    start, before anything is sent: what waits for them, or is written later, does not reach them.
    """
    gone = [link for link in await store.read.people.links() if link.person not in directory.people]
    async with store.transaction() as tx:
        for link in gone:
            await tx.people.suspend(link.person, "dropped", now)
            if not link.suspended:
                detail: dict[str, object] = {"why": "dropped"}
                await tx.journal.write(Entry(now, "bot", "suspend", f"person:{link.person}", detail=detail))


async def _change(tx: Parts, person: PersonId, telegram_id: int) -> dict[str, str]:
    """What an enrolment takes: the account that this person had, and the person whose account it was.

    Whoever holds somebody else's invitation could become them and approve their own words, so it is told.
    """
    change = {}
    for link in await tx.people.links():
        if link.person == person and link.telegram_id != telegram_id:
            change["replaces"] = await tx.journal.pseudonym(f"tg:{link.telegram_id}")
        elif link.telegram_id == telegram_id and link.person != person:
            change["leaves"] = link.person
    return change


def _sha(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
