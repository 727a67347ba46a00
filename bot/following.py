"""What follows a message once its fate is known: which service belongs to which kind."""

from bot.assembly import Services
from bot.domain.outgoing import DraftCard, Outgoing, PageCard, PublicReply, Receipt
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.outgoing_steps import DrillPost, PublicPost, RunReply, StepCard
from bot.services.delivery import Follows
from bot.services.ports import Clock
from bot.services.unreached import Unreached


def follows_of(services: Services, clock: Clock) -> dict[type[Outgoing], Follows]:
    return {
        PublicReply: services.posting,
        Receipt: services.posting,
        DraftCard: Unreached(services.approvals, clock),
        PageCard: services.second,
        StepCard: services.incidents,
        PublicPost: services.run_posting,
        RunReply: services.run_posting,
        DrillPost: services.run_posting,
        PublicWarning: services.house.doing,
        CarryOut: services.house.doing,
    }
