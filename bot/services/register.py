"""The register of claims, whole: what people do, which comments belong where, what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.claim_import import ClaimImport
from bot.services.claim_index import ClaimIndex, Likeness
from bot.services.claim_links import ClaimLinks
from bot.services.claims import Claims
from bot.services.data_requests import DataRequests, Units
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.templates import Templates
from bot.services.views_claims import ClaimDesk


@dataclass(frozen=True, slots=True)
class Register:
    deeds: Claims
    links: ClaimLinks
    desk: ClaimDesk
    lists: ClaimImport
    data: DataRequests


def register_of(  # noqa: PLR0913 - the composition root names each once
    store: Store,
    team: Team,
    templates: Templates,
    index: Likeness,
    clock: Clock,
    *,
    sources: Sequence[str],
    units: Units,
) -> Register:
    """`sources`: the domains that a finding may rest on."""
    links = ClaimLinks(store, team, ClaimIndex(store, index))
    deeds = Claims(store, team, templates, sources, links.index.learn, links.gather)
    desk, data = ClaimDesk(store, units.directory, templates, clock), DataRequests(store, team, units, clock)
    return Register(deeds, links, desk, ClaimImport(store, team), data)
