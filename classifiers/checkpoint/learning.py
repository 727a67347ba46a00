"""The learning itself: passes over the rows until the held-out ones stop getting better."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.libraries import training
from classifiers.checkpoint.network import runner
from classifiers.checkpoint.reading import Window
from classifiers.checkpoint.scoring import Run, log_odds, padded

Progress = Callable[[str, int, int], None]

_WARM_UP = 0.1
_POOL = 50  # batches shuffled together before they are sorted by length


@dataclass(frozen=True, slots=True)
class Course:
    """How to learn. After more than `patience` passes without a better loss on the held-out rows it ends."""

    seed: int = 0
    passes: int = 4
    patience: int = 1
    batch: int = 16
    rate: float = 3e-5


@dataclass(frozen=True, slots=True)
class Lessons:
    """What to learn from: a window with its truth (texts x labels) each. What to stop by: whole texts."""

    windows: Sequence[Window]
    truth: NDArray[np.float32]
    check: Sequence[Window]
    check_truth: NDArray[np.float32]
    pad: int


def learn(network: Any, lessons: Lessons, course: Course, device: str, tell: Progress) -> list[float]:
    """Train in place; the best pass stays. Returns the held-out loss before learning and after each pass."""
    torch, run = training("torch"), runner(network, device)
    steps = -(-len(lessons.windows) // course.batch) * course.passes
    optimiser = _optimiser(torch, network, course.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    chance = np.random.default_rng(course.seed)
    losses, best, waited, done = [_loss(run, lessons)], _copy(network), 0, 0
    for number in range(1, course.passes + 1):
        network.train()
        for places in batches(lessons.windows, course.batch, chance):
            _step(torch, network, lessons, places, device)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            done += 1
            tell(f"Belajar, putaran {number} dari {course.passes}", done, steps)
        losses.append(_loss(run, lessons))
        if losses[-1] < min(losses[:-1]):
            best, waited = _copy(network), 0
        else:
            waited += 1
        if waited > course.patience:
            break
    network.load_state_dict(best)
    return losses


def batches(windows: Sequence[Window], size: int, chance: np.random.Generator) -> Iterator[list[int]]:
    """Every window once, in random order, windows of like length together."""
    order = chance.permutation(len(windows))
    found: list[list[int]] = []
    for start in range(0, len(order), size * _POOL):
        pool = sorted(order[start : start + size * _POOL].tolist(), key=lambda place: len(windows[place].ids))
        found += [pool[first : first + size] for first in range(0, len(pool), size)]
    for place in chance.permutation(len(found)):
        yield found[place]


def _step(torch: Any, network: Any, lessons: Lessons, places: Sequence[int], device: str) -> None:
    """One batch: its gradient is left in the network."""
    chosen = [lessons.windows[place] for place in places]
    ids, mask = padded([window.ids for window in chosen], lessons.pad)
    odds = network(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
    wanted = torch.from_numpy(lessons.truth[list(places)]).to(device)
    torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)


def _loss(run: Run, lessons: Lessons) -> float:
    """Mean binary cross-entropy on the rows to stop by."""
    odds = log_odds(run, lessons.check, len(lessons.check_truth), lessons.pad).astype(np.float64)
    return float((np.logaddexp(0, odds) - odds * lessons.check_truth).mean())


def _optimiser(torch: Any, network: Any, rate: float) -> Any:
    """AdamW; biases and norms are not pulled towards zero."""
    free = [p for p in network.parameters() if p.ndim < 2]
    pulled = [p for p in network.parameters() if p.ndim >= 2]
    groups = [{"params": pulled, "weight_decay": 0.01}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate)


def _rate(step: int, steps: int) -> float:
    """Up over the first tenth, then down to zero."""
    warm = max(1, int(steps * _WARM_UP))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def _copy(network: Any) -> dict[str, Any]:
    return {name: value.detach().to("cpu", copy=True) for name, value in network.state_dict().items()}
