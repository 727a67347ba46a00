"""From comment to pieces: what the network is allowed to see, and how texts share batches."""

from collections.abc import Sequence

import numpy as np
import pytest

from classifiers.base import Reason
from classifiers.checkpoint.reading import MOST_WINDOWS, Reader, Window, masked
from classifiers.checkpoint.reasons import MOST_WORDS, Proposer, by_leaving_out
from classifiers.checkpoint.scoring import MOST_PIECES, log_odds, padded
from classifiers.labels import Label

tokenizers = pytest.importorskip("tokenizers", reason="needs the extra `onnx` (make finetune)")

LABELS = len(Label)


def reader_of(*texts: str, longest: int = 16) -> Reader:
    """A WordPiece tokenizer that knows the letters and words of `texts`."""
    found = tokenizers.BertWordPieceTokenizer(lowercase=True)
    found.train_from_iterator(texts * 3, vocab_size=400, min_frequency=1, show_progress=False)
    inner = tokenizers.Tokenizer.from_str(found._tokenizer.to_str())
    frames = [(name, inner.token_to_id(name)) for name in ("[SEP]", "[CLS]")]
    inner.post_processor = tokenizers.processors.BertProcessing(*frames)
    return Reader(inner, longest)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Banjir, di RUMAH!!", "Banjir, di RUMAH!!"),
        ("hubungi 0812-3456-7890 ya", "hubungi nomor telepon ya"),
        ("@budi.s budi@example.com", "@user alamat surel"),
        ("cek https://example.com/budi, 3174012345678901", "cek http nomor"),
        ("rek no12345678rek", "rek no0rek"),
        ("pada 2024 ada 15 orang", "pada 2024 ada 15 orang"),
    ],
)
def test_no_personal_data_reaches_the_network(text: str, seen: str) -> None:
    assert masked(text) == seen


@pytest.mark.parametrize(
    "text", ["", "   ", "\ud83d sendiri \udc00", "\x00", "a\u0301" * 50, "🇮🇩👨‍👩‍👧", "\n\n"]
)
def test_any_text_has_a_window(text: str) -> None:
    windows = reader_of("sendiri").read([text, text])
    assert {window.text for window in windows} == {0, 1}


def test_a_long_text_is_read_in_windows_that_overlap_and_end_somewhere() -> None:
    reader = reader_of("kata", longest=16)
    windows = reader.read(["kata " * 30, "kata"])
    assert [window.text for window in windows] == [0, 0, 0, 1]
    assert all(len(window.ids) <= 16 for window in windows)
    assert sum(len(window.ids) - 2 for window in windows[:3]) > 30
    assert len(reader.read(["kata " * 1000])) == MOST_WINDOWS


def test_texts_of_like_length_share_a_batch_and_each_gets_its_own_answer() -> None:
    shapes = []

    def run(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        shapes.append(ids.shape)
        assert (ids[mask == 0] == 9).all()
        means = (ids * mask).sum(axis=1) / mask.sum(axis=1)
        return np.repeat(means[:, None], LABELS, axis=1).astype(np.float32)

    chance = np.random.default_rng(0)
    lengths = chance.integers(1, 100, 300)
    windows = [Window(n, chance.integers(10, 20, length).tolist()) for n, length in enumerate(lengths)]
    found = log_odds(run, windows, 300, pad=9)
    assert found[:, 3] == pytest.approx([np.mean(window.ids) for window in windows], rel=1e-5)
    assert max(count * width for count, width in shapes) <= MOST_PIECES
    assert sum(count * width for count, width in shapes) < 1.1 * lengths.sum(), (
        "sorting saves nearly all padding"
    )


def test_the_loudest_window_speaks_for_a_label() -> None:
    def run(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        odds = np.zeros((len(ids), LABELS), np.float32)
        odds[:, 0], odds[:, 1] = ids[:, 0], -ids[:, 0]
        return odds

    found = log_odds(run, [Window(0, [5]), Window(0, [7]), Window(1, [6])], 2, 0)
    assert found[:, :2].tolist() == [[7.0, -5.0], [6.0, -6.0]]


def test_a_batch_is_as_long_as_its_longest_line() -> None:
    ids, mask = padded([[5, 6, 7], [8]], 1)
    assert ids.tolist() == [[5, 6, 7], [8, 1, 1]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


class Ear:
    """A network that is the more certain of an emergency the more often it hears of water."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        odds = np.zeros((len(texts), LABELS), np.float32)
        heard = [3.0 * ("air naik" in t) + t.count("air") + t.count("naik") for t in texts]
        odds[:, list(Label).index(Label.EMERGENCY)] = heard
        return odds


def test_a_tested_reason_is_what_the_score_loses_without_it() -> None:
    text = "tolong pak air naik terus"
    phrase = Reason(Label.EMERGENCY, "air naik", 9.9, 11, 19)
    ear = Ear()
    found = by_leaving_out(text, (Label.EMERGENCY, Label.SPAM), (phrase,), ear)
    assert [(reason.label, reason.text, reason.weight) for reason in found] == [
        (Label.EMERGENCY, "air naik", 5.0)
    ], "the words inside a heavier phrase are not said again, and spam has no reason"
    assert ear.asked[0] == text
    assert "tolong pak air   terus" in ear.asked


def test_a_long_text_costs_a_bounded_number_of_passes() -> None:
    ear = Ear()
    assert by_leaving_out("air " * 1000, (Label.EMERGENCY,), (), ear)
    assert len(ear.asked) == MOST_WORDS + 1
    assert by_leaving_out("", (Label.EMERGENCY,), (), Ear()) == ()


def test_proposals_come_for_the_labels_that_were_given_whatever_the_embedded_model_would_say() -> None:
    text = "pagi min, anjing banget, kapan air nyala?"
    found = Proposer().reasons(text, (Label.ABUSIVE, Label.QUESTION))
    assert [reason.label for reason in found] == sorted(
        (reason.label for reason in found), key=[Label.ABUSIVE, Label.QUESTION].index
    )
    assert "anjing" in found[0].text
    assert {reason.label for reason in found} == {Label.ABUSIVE, Label.QUESTION}
