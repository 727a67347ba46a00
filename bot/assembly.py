"""The services of one agency, built from its settings around one store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.adapters import spelling, words_of
from bot.calling import channel_of, order_of, ways_of
from bot.copies import clusters_of
from bot.domain.attention import CardBudget
from bot.domain.outgoing_steps import OWN_CHANNEL
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook, sensitive_topics
from bot.domain.promise import Promise
from bot.domain.spike import SpikeRule
from bot.files.load import frozen_playbook, load_drills, load_playbooks, load_templates
from bot.files.settings import Settings
from bot.likeness import WordLikeness, share
from bot.moderating import house_of_agency
from bot.services.afterwards import Afterwards, afterwards_of
from bot.services.answering import Answering
from bot.services.approvals import Approvals
from bot.services.attention import Attention
from bot.services.board import Board
from bot.services.claim_nag import ClaimNag
from bot.services.clusters import Clusters
from bot.services.data_requests import Units
from bot.services.desk import Desk
from bot.services.drills import Drills
from bot.services.duties import Duties, duties_of
from bot.services.finding import Finding, finding_of
from bot.services.house import House, Offices
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.live_board import LiveBoard
from bot.services.oncall import OnCall
from bot.services.outside import Outside, outside_of
from bot.services.people import Directory, Team
from bot.services.ports import Clock, Reads, Store
from bot.services.posting import Posting
from bot.services.promises import Promises
from bot.services.register import Register, register_of
from bot.services.repeating import Repeating
from bot.services.replies import Replies, ReplyPolicy
from bot.services.run_book import RunBook
from bot.services.run_posting import RunPosting
from bot.services.run_words import RunWords
from bot.services.searching import AlsoHas, ClaimStatements
from bot.services.second import SecondChannel
from bot.services.spikes import Spikes
from bot.services.standing import Standing
from bot.services.steps import Steps, steps_of
from bot.services.template_life import TemplateLife
from bot.services.template_stale import StaleTemplates
from bot.services.templates import Templates, TemplateTitles, short_name
from bot.services.timers import Timers
from bot.services.triage import Triage
from bot.services.uncorrecting import REDRAW, CardAgain
from bot.services.views import PlaybookChoice
from bot.services.views_crisis import CrisisDesk
from bot.services.views_report import Letterhead
from bot.services.weekly import WeeklyNote
from bot.services.widening import Widening
from bot.services.word_index import WordIndex
from bot.wording import reply_policy, topic_names


@dataclass(frozen=True, slots=True)
class Services:
    """One of each, wired to each other."""

    team: Team
    oncall: OnCall
    intake: Intake
    triage: Triage
    templates: Templates
    template_life: TemplateLife
    replies: Replies
    widening: Widening
    answering: Answering
    clusters: Clusters
    approvals: Approvals
    posting: Posting
    incidents: Incidents
    run_posting: RunPosting
    second: SecondChannel
    duties: Duties
    timers: Timers
    desk: Desk
    crisis_desk: CrisisDesk
    steps: Steps
    board: Board
    live_board: LiveBoard
    after: Afterwards
    drills: Drills
    register: Register
    finding: Finding
    outside: Outside
    house: House
    playbooks: tuple[PlaybookChoice, ...]
    """What a person may open by hand."""
    life_at_risk: frozenset[str]
    """Topics of which one comment is an emergency, whatever the classifier says."""


def assemble(settings: Settings, store: Store, reads: Reads, clock: Clock) -> Services:
    """Loads playbooks and templates and builds the services. Raises FilesFaulty."""
    ground = _ground(settings, store, clock)
    playbooks, directory, oncall, team, policy, shelf, promises, register, finding, house, again = ground
    book = run_book(settings, store, oncall, playbooks, run_words(settings, shelf, policy), clock=clock)
    incidents, out = Incidents(store, team, directory, book, clock), outside_of(store, book, oncall, clock)
    duties = duties_of(store, team, directory, oncall, clock, days_off=settings.days_off, book=book)
    drills = Drills(store, incidents, team, oncall, load_drills(settings, playbooks), clock=clock)
    standing = duties.standing | out.standing | _own(settings, store, ground, clock, drills)
    return Services(
        team=team,
        oncall=oncall,
        clusters=(clusters := clusters_of(settings, store, team, promises, again, clock)),
        intake=_intake(settings, store, reads, incidents, playbooks, promises, register, clusters, clock),
        triage=(triage := Triage(store, team, clock, promises)),
        templates=shelf,
        template_life=TemplateLife(store, team, shelf, policy, oncall, clock),
        replies=(replies := Replies(store, team, shelf, policy, clock)),
        widening=(widening := Widening(store, team, shelf, policy)),
        approvals=(approvals := Approvals(store, team, shelf, policy, oncall, clock)),
        answering=Answering(store, team, widening, replies, approvals, promises, again=again),
        posting=Posting(store, team, clock),
        incidents=incidents,
        run_posting=RunPosting(book),
        second=(second := channel_of(settings, store, incidents, ways_of(settings), clock)),
        duties=duties,
        timers=Timers(store, triage, approvals, incidents, clock, standing, second=second, promises=promises),
        desk=_desk(ground, store, triage, clusters, clock),
        crisis_desk=CrisisDesk(store, incidents, team, clock),
        steps=steps_of(store, incidents, team, oncall, policy, clock=clock),
        board=(board := Board(store, team, oncall, incidents, clock)),
        live_board=_live_board(settings, store, board, clock),
        after=afterwards_of(store, incidents, team, clock, letterhead(settings), policy.guard_allow),
        drills=drills,
        register=register,
        finding=finding,
        outside=out,
        house=house,
        playbooks=choices(playbooks),
        life_at_risk=frozenset(sensitive_topics(playbooks)),
    )


class _Ground(NamedTuple):
    """What nearly every service stands on."""

    playbooks: Sequence[Playbook]
    directory: Directory
    oncall: OnCall
    team: Team
    policy: ReplyPolicy
    shelf: Templates
    promises: Promises
    register: Register
    finding: Finding
    house: House
    again: Repeating


def _desk(ground: _Ground, store: Store, triage: Triage, clusters: Clusters, clock: Clock) -> Desk:
    named, playbooks, links = ground.directory.called, choices(ground.playbooks), ground.register.links
    given = (store, ground.shelf, ground.policy, named, playbooks, clock)
    return Desk(
        *given, claims=links, kin=clusters.kinship.of, house=ground.house.desk, assigning=triage.assigning
    )


def _ground(settings: Settings, store: Store, clock: Clock) -> _Ground:
    directory = directory_of(settings)
    oncall = OnCall(store, directory, settings.rotations, settings.hours)
    team = Team(store, directory, oncall, clock)
    playbooks = load_playbooks(settings.playbooks, settings)
    templates = load_templates(settings.templates, settings)
    shelf = Templates(store, team, clock, templates, words_of, settings.agency.zone.tz)
    promises = Promises(Promise(settings.first_answer, settings.hours), oncall, clock)
    units, links = Units(directory, settings.claims.data_within), settings.links.allow
    register = register_of(store, team, shelf, WordLikeness(), clock, sources=links, units=units)
    finding = _finding(store, team, shelf, promises, clock)
    house = house_of_agency(settings, store, Offices(team, directory, oncall, settings.hours), clock)
    policy = reply_policy(settings)
    again = Repeating(store, team, shelf, policy, clock, share)
    return _Ground(
        playbooks, directory, oncall, team, policy, shelf, promises, register, finding, house, again
    )


def _finding(store: Store, team: Team, shelf: Templates, promises: Promises, clock: Clock) -> Finding:
    index = WordIndex(store, spelling(), clock)
    beside: dict[str, AlsoHas] = {"template": TemplateTitles(shelf), "claim": ClaimStatements(store)}
    return finding_of(store, team, index, beside, promises, clock)


def _own(
    settings: Settings, store: Store, ground: _Ground, clock: Clock, drills: Drills
) -> dict[str, Standing]:
    """What the bot says by itself by the first word of its timers' subject."""
    wanted, hours, oncall = settings.classifier.weekly_note, settings.hours, ground.oncall
    return {
        "weekly": WeeklyNote(store, hours, clock, drills.practices, corrections=wanted),
        "drill": drills,
        "data": ground.register.data,
        "claims": ClaimNag(store, oncall, hours, clock, after=settings.claims.remind_after),
        "templates": StaleTemplates(store, ground.shelf, oncall, hours, clock),
        "measure": ground.house.audit,
        "repeat": ground.again,
        REDRAW: CardAgain(clock),
        **ground.finding.standing,
    }


def _live_board(settings: Settings, store: Store, board: Board, clock: Clock) -> LiveBoard:
    row = settings.board
    spikes = Spikes(store, clock, SpikeRule(row.spike_floor), topic_names(settings)) if row.spikes else None
    return LiveBoard(store, board, clock, spikes, wanted=row.live)


def _intake(  # noqa: PLR0913, PLR0917 - what the constructor names, once more
    settings: Settings,
    store: Store,
    reads: Reads,
    incidents: Incidents,
    playbooks: Sequence[Playbook],
    promises: Promises,
    register: Register,
    clusters: Clusters,
    clock: Clock,
) -> Intake:
    return Intake(
        store,
        reads,
        incidents,
        clock,
        join_within=settings.intake.join_within,
        sensitive_topics=sensitive_topics(playbooks),
        promises=promises,
        claims=register.links,
        attention=Attention(CardBudget(settings.board.cards), live=settings.board.live),
        clusters=clusters,
        loud=settings.intake.loud,
    )


def run_words(settings: Settings, shelf: Templates, policy: ReplyPolicy) -> RunWords:
    """What makes the words of playbooks, with the agency's own names."""
    agency = settings.agency
    return RunWords(shelf, policy, {"agency.name": agency.name, "agency.short": agency.short})


def run_book(
    settings: Settings,
    store: Store,
    oncall: OnCall,
    playbooks: Sequence[Playbook],
    words: RunWords,
    *,
    clock: Clock,
) -> RunBook:
    """The book of runs. The bot itself can post to its own channel, where it has one."""
    ways, channels = ways_of(settings), frozenset({OWN_CHANNEL} if settings.chats.public else ())
    return RunBook(
        store, oncall, playbooks, frozen_playbook, words, clock=clock, ways=ways, channels=channels
    )


def letterhead(settings: Settings) -> Letterhead:
    """How the agency's papers begin."""
    return Letterhead(settings.agency.name, settings.agency.zone)


def directory_of(settings: Settings) -> Directory:
    """The people of the config."""
    unlock_by = settings.lock.unlock_by
    return Directory(
        settings.persons,
        settings.members,
        settings.liaisons,
        settings.withdrawn,
        PersonId(unlock_by) if unlock_by else None,
        order_of(settings),
        {unit.id: unit.name for unit in settings.units},
    )


def choices(playbooks: Sequence[Playbook]) -> tuple[PlaybookChoice, ...]:
    """The playbooks that a person may open from a card."""
    return tuple(PlaybookChoice(short_name(one.id), one.name, one.sensitive) for one in playbooks)
