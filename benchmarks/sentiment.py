"""Sentiment as a second task: what a look at the mood of a text, learnt without our labels, would bring.

    OMP_NUM_THREADS=1 python -m benchmarks.sentiment DEV.jsonl --unread LINES.txt [--share 0.125] [--seeds 3]

Nobody wrote down the mood of the open lines. A line with words of praise and none of anger, or the other way
round, is taken for one of its kind; those words are then left out of it, so that the rest of the line has to
tell. The mood of every comment, in tenths, becomes a feature of the shipped recipe, seed by seed on the same
draw. Needs the extra `train`.
"""

import argparse
from collections.abc import Sequence

import numpy as np

from benchmarks.trials import add_draws, spread, to_draw_from
from classifiers.evaluate import truth_of
from classifiers.features import extract, key_of
from classifiers.fit import Keys, Model, fit, keys_in, keys_of, lightened
from classifiers.labels import Label
from classifiers.text import Token, tokens
from classifiers.words import classes

GLAD = frozenset({"puji", "doa", "emopuji", "emosenang", "emohati"})
ANGRY = frozenset({"jelek", "marah", "sedih", "makian", "kasar", "lambat", "kecaman", "emomarah", "emosedih"})
_STEPS = 10


def mood_of(found: Sequence[Token]) -> bool | None:
    """Whether these are words of praise (True) or of anger (False); None: neither, or both."""
    of = {name for token in found for name in classes().get(token.norm, ())}
    glad, angry = bool(of & GLAD), bool(of & ANGRY)
    return glad if glad != angry else None


def without_its_words(text: str) -> Keys:
    """Features of a text without the words that told its mood."""
    kept = [token for token in tokens(text) if not (GLAD | ANGRY) & set(classes().get(token.norm, ()))]
    return keys_in(extract(text, kept))


def learn_mood(lines: Sequence[str], most: int, seed: int) -> Model:
    """From as many glad as angry lines. The first column tells the mood."""
    told = [(line, mood_of(tokens(line))) for line in lines]
    kinds = [[line for line, mood in told if mood is kind] for kind in (True, False)]
    each = min(most, *map(len, kinds))
    chance = np.random.default_rng(seed)
    drawn = [kind[i] for kind in kinds for i in chance.permutation(len(kind))[:each]]
    truth = np.zeros((len(drawn), len(Label)), dtype=np.bool_)
    truth[:each, 0] = True
    print(f"mood: {each} lines of each kind", flush=True)
    return fit([without_its_words(line) for line in drawn], truth, seed)


def with_mood(texts: Sequence[str], mood: Model) -> list[Keys]:
    """The shipped recipe's features, and one that tells the mood in tenths."""
    odds = mood.log_odds([without_its_words(text) for text in texts])[:, 0]
    tenths = (_STEPS / (1 + np.exp(-odds.astype(np.float64)))).astype(np.int64)
    both = zip((keys_of(text) for text in texts), tenths, strict=True)
    return [(np.append(own, np.uint32(key_of("mood", str(step)))), letters) for (own, letters), step in both]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    add_draws(arguments)
    wanted = arguments.parse_args()
    judge, rows, lines = to_draw_from(wanted)
    found: list[tuple[float, float]] = []
    for seed in range(wanted.seeds):
        chance = np.random.default_rng(seed)
        drawn = [rows[i] for i in chance.permutation(len(rows))[: round(wanted.share * len(rows))]]
        texts, truth = [row.text for row in drawn], truth_of(drawn)
        mood = learn_mood(lines, wanted.most_unread, seed)
        own, more = [keys_of(text) for text in texts], with_mood(texts, mood)
        plain, _ = judge.of(lightened(fit(own, truth, 0), own))
        second, _ = judge.of(lightened(fit(more, truth, 0), more), with_mood(judge.texts, mood))
        found.append((plain, second))
        print(f"seed {seed}: AP {plain:.4f} -> {second:.4f}", flush=True)
    gains = [second - plain for plain, second in found]
    print(f"AP with the mood, against the recipe without (95 %): {spread(gains)}")


if __name__ == "__main__":
    main()
