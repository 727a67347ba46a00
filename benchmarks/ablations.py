"""What each part of the recipe brings, and what was left out of it, over several seeds.

    OMP_NUM_THREADS=1 python -m benchmarks.ablations DEV.jsonl --unread LINES.txt [--share 0.125] [--seeds 3]

Every seed draws another share of the authored comments; each variant learns the same draw, so the difference
to the whole recipe is taken seed by seed. Scribble: half of the drawn comments are learnt a second time,
scribbled; judged on DEV as it is, and on DEV scribbled in the same kind, with and without. Cheaper than the
shipped training (a share, no real comments), otherwise its recipe. Needs the extra `train`.
"""

import argparse
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.scribble import KINDS, scribbled
from benchmarks.trials import Judge, add_draws, spread, to_draw_from
from classifiers.evaluate import truth_of
from classifiers.features import WHOLE_TEXT, extract
from classifiers.fit import Keys, fit, keys_in, keys_of, lightened
from classifiers.text import tokens

SURE, NEVER = 0.9, 0.04
Made = Callable[[str], Keys]
Truth = NDArray[np.bool_]


def _viewed(view: str) -> Made:
    """Features of one view alone: the other is made the same."""

    def made(text: str) -> Keys:
        found = [
            token._replace(norm=token.raw) if view == "raw" else token._replace(raw=token.norm)
            for token in tokens(text)
        ]
        return keys_in(extract(text, found))

    return made


def _formless(text: str) -> Keys:
    """Without what is said of the whole text."""
    found = extract(text, tokens(text))
    return keys_in(found._replace(word_groups=[g for g in found.word_groups if g[1] != WHOLE_TEXT]))


VARIANTS: dict[str, Made] = {
    "the whole recipe": keys_of,
    "as written only": _viewed("raw"),
    "normalised only": _viewed("norm"),
    "without the form rules": _formless,
}


Drawn = tuple[Sequence[str], Truth]


class Trials:
    """One draw after the other, every variant on each."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.found: dict[str, list[tuple[float, float]]] = {}

    def note(self, name: str, learnt: Sequence[Keys], truth: Truth, judged: Sequence[Keys]) -> object:
        """Learns, judges and keeps the figures; gives the model."""
        model = lightened(fit(learnt, truth, 0), learnt)
        self.found.setdefault(name, []).append(self._judge.of(model, judged))
        precision, height = self.found[name][-1]
        print(f"{name}: AP {precision:.4f}, F1* {height:.4f}", flush=True)
        return model


def one_seed(trials: Trials, judge: Judge, drawn: Drawn, unread: Sequence[str], seed: int) -> None:
    """All variants on one draw."""
    texts, truth = drawn
    for name, made in VARIANTS.items():
        model = trials.note(name, [made(text) for text in texts], truth, [made(text) for text in judge.texts])
        if name == "the whole recipe":
            whole = model
    own, plain = [keys_of(text) for text in texts], [keys_of(text) for text in judge.texts]
    guessed = [keys_of(text) for text in unread]
    scores = 1 / (1 + np.exp(-whole.log_odds(guessed)))
    sure = np.flatnonzero(((scores > SURE) | (scores < NEVER)).all(axis=1))
    trials.note(
        "self-training", [*own, *(guessed[i] for i in sure)], np.vstack([truth, scores[sure] > SURE]), plain
    )
    for kind in KINDS:
        noisy = [keys_of(scribbled(text, kind, seed)) for text in judge.texts]
        trials.found.setdefault(f"on {kind}, whole recipe", []).append(judge.of(whole, noisy))
        half = range(0, len(texts), 2)
        more = [*own, *(keys_of(scribbled(texts[i], kind, seed)) for i in half)]
        model = trials.note(f"with {kind}", more, np.vstack([truth, truth[list(half)]]), plain)
        trials.found.setdefault(f"on {kind}, with it", []).append(judge.of(model, noisy))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    add_draws(arguments)
    wanted = arguments.parse_args()
    judge, rows, lines = to_draw_from(wanted)
    trials = Trials(judge)
    for seed in range(wanted.seeds):
        chance = np.random.default_rng(seed)
        drawn = [rows[i] for i in chance.permutation(len(rows))[: round(wanted.share * len(rows))]]
        unread = [lines[i] for i in chance.permutation(len(lines))[: wanted.most_unread]]
        one_seed(trials, judge, ([row.text for row in drawn], truth_of(drawn)), unread, seed)
    base = trials.found["the whole recipe"]
    print("\n| | mean AP | against the whole recipe (95 %) | F1* |\n|---|---|---|---|")
    for name, runs in trials.found.items():
        precisions, heights = zip(*runs, strict=True)
        gains = [own[0] - whole[0] for own, whole in zip(runs, base, strict=True)]
        print(f"| {name} | {np.mean(precisions):.3f} | {spread(gains)} | {np.mean(heights):.3f} |")


if __name__ == "__main__":
    main()
