"""From comment to pieces: what the network is allowed to see, and which word each piece belongs to."""

import numpy as np
import pytest

from classifiers.checkpoint.reading import MOST_WINDOWS, Reader, Window
from classifiers.checkpoint.scoring import MOST_TOGETHER, log_odds, padded, parts_of, strongest
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


def pieces(reader: Reader, text: str) -> list[tuple[str, str]]:
    """Each piece with the word it was counted to, as it stands in the original text."""
    reading = reader.read([text])
    (window,) = reading.windows
    words = [text[t.start : t.end] for t in reading.tokens[0]]
    return [
        (reader._tokenizer.id_to_token(piece), words[word] if word >= 0 else "")
        for piece, own, word in zip(window.ids, window.inside, window.words, strict=True)
        if own
    ]


def test_every_piece_knows_its_word() -> None:
    reader = reader_of("banjir", "di", "rumah")
    assert pieces(reader, "Banjir, di RUMAH!!") == [
        ("banjir", "Banjir"),
        ("[UNK]", ""),
        ("di", "di"),
        ("rumah", "RUMAH"),
        ("[UNK]", "!!"),
        ("[UNK]", "!!"),
    ]


def test_no_personal_data_reaches_the_network() -> None:
    reader = reader_of("hubungi nomor telepon alamat surel http user @ , 0123456789 budi santoso example com")
    text = "hubungi 0812-3456-7890, @budi.s, budi@example.com, https://example.com/budi, 3174012345678901"
    seen = {piece for piece, _ in pieces(reader_of_long(reader), text)}
    assert not any(piece.strip("#").isdigit() for piece in seen)
    assert not seen & {"budi", "santoso", "example", "com"}
    assert {"telepon", "surel", "http", "user"} <= seen
    assert dict(pieces(reader_of_long(reader), text))["telepon"] == "0812-3456-7890"


def reader_of_long(reader: Reader) -> Reader:
    return Reader(reader._tokenizer, 64)


def test_digits_inside_a_word_are_hidden_too() -> None:
    seen = pieces(reader_of("no0rek 1 2 3 4 5 6 7 8 9"), "no12345678rek")
    assert "".join(piece.strip("#") for piece, _ in seen) == "no0rek"


@pytest.mark.parametrize(
    "text", ["", "   ", "\ud83d sendiri \udc00", "\x00", "a\u0301" * 50, "🇮🇩👨‍👩‍👧", "\n\n"]
)
def test_any_text_has_a_window(text: str) -> None:
    windows = reader_of("sendiri").read([text, text]).windows
    assert {window.text for window in windows} == {0, 1}
    assert all(len(w.ids) == len(w.inside) == len(w.words) for w in windows)


def test_a_long_text_is_read_in_windows_that_overlap_and_end_somewhere() -> None:
    reader = reader_of("kata", longest=16)
    windows = reader.read(["kata " * 30, "kata"]).windows
    assert [window.text for window in windows] == [0, 0, 0, 1]
    assert all(len(window.ids) <= 16 for window in windows)
    assert {word for window in windows for word in window.words} == {-1, *range(30)}
    assert len(reader.read(["kata " * 1000]).windows) == MOST_WINDOWS


def test_windows_of_like_length_share_a_batch_and_padding_changes_nothing() -> None:
    shapes = []

    def run(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        shapes.append(ids.shape)
        assert (ids[mask == 0] == 9).all()
        return np.repeat(ids[:, :, None], LABELS, axis=2).astype(np.float32)

    chance = np.random.default_rng(0)
    windows = []
    for text, length in enumerate(chance.integers(1, 100, 300)):
        ids = [1, *chance.integers(10, 20, length).tolist(), 2]
        windows.append(Window(text, ids, [False, *[True] * length, False], [-1] * (length + 2)))
    found = parts_of(run, windows, pad=9)
    for window, parts in zip(windows, found, strict=True):
        assert parts[0].sum() == parts[-1].sum() == 0.0, "a frame token has no say"
        assert parts.sum(axis=0) == pytest.approx(np.full(LABELS, np.mean(window.ids[1:-1])), rel=1e-5)
    assert max(count for count, _ in shapes) == MOST_TOGETHER
    own = sum(len(window.ids) for window in windows)
    assert sum(count * width for count, width in shapes) < 1.15 * own, "sorting must save nearly all padding"


def test_a_text_without_pieces_gets_the_bias_alone() -> None:
    def run(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.ones((*ids.shape, LABELS), np.float32)

    bias = np.arange(LABELS, dtype=np.float32)
    assert (log_odds(run, [Window(0, [1, 2], [False, False], [-1, -1])], 0, bias) == bias).all()


def test_the_loudest_window_speaks_for_a_label() -> None:
    windows = [Window(text, [], [], []) for text in (0, 0, 1)]
    sums = np.array([[1.0, 5.0], [3.0, 2.0], [-4.0, -5.0]], np.float32)
    assert strongest(windows, sums, 2).tolist() == [[1, 0], [2, 2]]


def test_a_batch_is_as_long_as_its_longest_line() -> None:
    ids, mask = padded([[5, 6, 7], [8]], 1)
    assert ids.tolist() == [[5, 6, 7], [8, 1, 1]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]
