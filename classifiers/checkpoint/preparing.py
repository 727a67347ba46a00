"""Opening a checkpoint, and rows as its network reads them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifiers.checkpoint.judging import Dealt, Held, first_windows, held
from classifiers.checkpoint.learning import Lessons
from classifiers.checkpoint.libraries import training
from classifiers.checkpoint.local import checkpoint
from classifiers.checkpoint.network import config_of, longest_of, network_of, tokenizer_of
from classifiers.checkpoint.reading import Reader, Window
from classifiers.errors import ModelError
from classifiers.evaluate import truth_of

NEEDED = ("torch", "transformers", "onnx", "onnxruntime.quantization", "tokenizers", "sentencepiece")
_MOST_UNKNOWN = 0.3  # share of unknown pieces from which the tokenizer cannot be the network's own


@dataclass(frozen=True, slots=True)
class Body:
    """A checkpoint opened for learning. `kind` is its architecture as it names it."""

    name: str
    kind: str
    network: Any
    tokenizer: Any
    reader: Reader
    max_tokens: int
    pad: int
    device: str


def opened(base: str, seed: int) -> Body:
    """The checkpoint `base` (folder or cached id) with a fresh head. Raises MissingExtraError, ModelError."""
    torch, folder = training("torch"), checkpoint(base)
    torch.manual_seed(seed)
    config = config_of(folder)
    tokenizer = tokenizer_of(folder, config.model_type)
    network = network_of(folder, config)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    longest = longest_of(config)
    return Body(
        name=re.sub(r"[^\w.-]+", "-", Path(base).expanduser().name).strip("-.") or "checkpoint",
        kind=config.model_type,
        network=network.to(device),
        tokenizer=tokenizer,
        reader=Reader(tokenizer, longest),
        max_tokens=longest,
        pad=int(config.pad_token_id or 0),
        device=device,
    )


def prepared(body: Body, dealt: Dealt) -> tuple[Lessons, Held, Held]:
    """What to learn, what to check by and what to judge by. Raises ModelError for a wrong tokenizer."""
    to_check, to_judge = held(body.reader, dealt.check), held(body.reader, dealt.judge)
    windows = first_windows(body.reader.read([row.text for row in dealt.learn]))
    _must_fit(body, windows)
    lessons = Lessons(
        windows=windows,
        truth=truth_of(dealt.learn).astype(np.float32),
        check=to_check.windows,
        check_truth=to_check.truth.astype(np.float32),
        pad=body.pad,
    )
    _start_from_habit(body.network, lessons)
    return lessons, to_check, to_judge


def _must_fit(body: Body, windows: Sequence[Window]) -> None:
    pieces = [piece for window in windows for piece in window.ids]
    size = int(body.network.body.get_input_embeddings().weight.shape[0])
    unknown = {
        place for word in ("[UNK]", "<unk>") if (place := body.tokenizer.token_to_id(word)) is not None
    }
    lost = sum(piece in unknown for piece in pieces) / max(1, len(pieces))
    if max(pieces, default=0) >= size or lost > _MOST_UNKNOWN:
        raise ModelError(
            f"Tokenizer checkpoint {body.name} tidak cocok dengan jaringannya ({lost:.0%} potongan kata "
            "tidak dikenal). Pastikan semua berkas berasal dari checkpoint yang sama."
        )


def _start_from_habit(network: Any, lessons: Lessons) -> None:
    """The bias starts at how frequent each label is, so that the first steps need not learn that."""
    torch = training("torch")
    share = np.clip(lessons.truth.mean(axis=0), 0.005, 0.995)
    with torch.no_grad():
        network.head.bias.copy_(torch.from_numpy(np.log(share / (1 - share)).astype(np.float32)))
