"""Buttons about the words themselves: how they will look, and one more template."""

from dataclasses import dataclass

from bot.chat.on_case import OnCase
from bot.chat.on_draft import OnDraft
from bot.chat.short import Short


@dataclass(frozen=True, slots=True)
class PreviewDraft(OnDraft):
    """As the citizen will see it, in the presser's own chat."""


@dataclass(frozen=True, slots=True)
class AddSnippet(OnDraft):
    """One more template, after those that are there."""

    template: Short


@dataclass(frozen=True, slots=True)
class MakeTemplate(OnCase):
    """Of the reply that stands: asks for its title and source."""


@dataclass(frozen=True, slots=True)
class SayMeanwhile(OnCase):
    """A unit is late: the sentence that may be said meanwhile, as a draft."""


@dataclass(frozen=True, slots=True)
class DeclineTemplate:
    """One that was proposed in the chat; `sha`: the words that were read."""

    template: Short
    sha: Short


DraftWordAction = PreviewDraft | AddSnippet
"""Of a draft."""
