"""The part of a step's card that is about words on their way: on which channels, under which comments."""

from collections.abc import Iterator

from bot.chat import step_actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import Button, Tone
from bot.chat.render import Piece, b, code, lines, link, named, quote, untappable
from bot.chat.words import buttons as on
from bot.chat.words import cards as say_cards
from bot.chat.words import names as called
from bot.chat.words import steps as say
from bot.domain.step_run import Post, PostState
from bot.domain.steps import Answer
from bot.services.views_steps import StepView

_MOST_POSTS = 8
_Block = tuple[Piece, ...]


def posting(view: StepView) -> tuple[_Block, ...]:
    text = view.run.letter.text if view.run.letter is not None else ""
    open_ = [post for post in view.run.posts if post.state in _OPEN]
    shown = open_ if isinstance(view.step.uses, Answer) else view.run.posts
    said = [("• ", *_place(view, post), f": {say.POST[post.state]}") for post in shown[:_MOST_POSTS]]
    left = len(shown) - len(said)
    asked = any(post.state is PostState.ASKED for post in open_)
    unsure = any(post.state is PostState.UNCERTAIN for post in open_)
    failed = any(post.state is PostState.FAILED for post in open_)
    if view.state.incident.drill:
        # Nothing to copy, and said aloud: another hand must not carry an exercise to the public either.
        words = lines(b(say.NOT_IN_EARNEST) if asked else "", quote(text)) if text else ()
    else:
        words = lines(say.SECTION if asked else "", code(text)) if text else ()
    return (
        words,
        lines(*said, say.more_posts(left) if left else ""),
        lines(say.UNSURE if unsure else "", say.FAILED if failed else ""),
    )


def _place(view: StepView, post: Post) -> _Block:
    """Where somebody has to look, with the way there."""
    comment = view.places.get(post.channel)
    if comment is None:
        return (_where(view, post),)
    whom = named(comment.author.name) or say_cards.UNKNOWN_AUTHOR
    return (f"{_where(view, post)}, {whom} · ", link(called.LOOK, comment.link))


def _where(view: StepView, post: Post) -> str:
    """A channel by its name; a reply under a comment by its number among the replies."""
    if isinstance(view.step.uses, Answer):
        return say.reply_number(view.run.posts.index(post) + 1)
    return untappable(say.channel(post.channel))


_OPEN = frozenset({PostState.ASKED, PostState.FAILED, PostState.UNCERTAIN})


def buttons(view: StepView) -> Iterator[tuple[Button, ...]]:
    open_ = [(at, post) for at, post in enumerate(view.run.posts) if post.state in _OPEN]
    for number, post in open_[:_MOST_POSTS]:
        at = (view.state.incident.id, view.place, view.run.attempt, number)
        where = one_line(_where(view, post), 20)
        if post.state is PostState.ASKED:
            yield (
                Button(f"{on.POSTED}: {where}", do.PostedByHand(*at), tone=Tone.GO),
                Button(on.DROP_POST, do.DropPost(*at)),
            )
        else:
            yield (Button(f"{on.ALREADY_SENT}: {where}", do.PostIsThere(*at), tone=Tone.GO),)
            yield (
                Button(on.RESEND, do.PostAgain(*at), tone=Tone.CAREFUL),
                Button(on.DROP_POST, do.DropPost(*at)),
            )
