"""Moderation, whole: proposing, deciding, doing, reading again."""

import secrets
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.calendar import WorkingHours
from bot.domain.house_rules import HouseRules
from bot.services.moderation import CitizenWords, Proposals
from bot.services.moderation_audit import Audit
from bot.services.moderation_deciding import Decisions
from bot.services.moderation_doing import Doing
from bot.services.people import Directory, Team
from bot.services.ports import Clock, Duty, Store
from bot.services.views_moderation import ModerationDesk


class Offices(NamedTuple):
    """Who works here, and when."""

    team: Team
    directory: Directory
    duty: Duty
    hours: WorkingHours


@dataclass(frozen=True, slots=True)
class House:
    """One of each."""

    proposals: Proposals
    decisions: Decisions
    doing: Doing
    audit: Audit
    desk: ModerationDesk


def house_of(store: Store, offices: Offices, rules: HouseRules, words: CitizenWords, clock: Clock) -> House:
    """`words`: what citizens read of a warning or an invitation."""
    team, directory, duty, hours = offices
    decisions = Decisions(store, team, rules, clock)
    audit = Audit(store, directory, rules, hours, decisions, clock)
    audit.seed = lambda: secrets.token_hex(16)
    return House(
        Proposals(store, team, duty, rules, words),
        decisions,
        Doing(rules, clock),
        audit,
        ModerationDesk(store, team, rules, clock),
    )
