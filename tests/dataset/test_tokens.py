"""The corpus as tagged tokens."""

import json
import re
import unicodedata
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from conftest import corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih import columnar
from tasrih.dataset.exports import to_dataset
from tasrih.dataset.tokens import Stretches, iob2, tokens
from tasrih.dataset.tokens import token_places as token_places_in
from tasrih.record import Article

NAMES = ["O", "B-direct", "I-direct", "B-partial", "I-partial", "B-indirect", "I-indirect"]
DIRECT, PARTIAL, INDIRECT = range(3)
LAYERS = ["ner_tags", "quote_tags", "cue_tags", "speaker_tags"]


@pytest.fixture(scope="module")
def rows():
    """The tokens of the corpus."""
    return corpus().to_dataset("tokens")


@pytest.fixture(scope="module")
def paragraphs(rows):
    return tagged(rows)


def tagged(rows):
    """For each paragraph and layer the tokens with their tags by name."""
    names = {layer: rows.features[layer].feature.names for layer in LAYERS}
    return {
        row["paragraph_id"]: {
            layer: list(zip(row["tokens"], [names[layer][tag] for tag in row[layer]], strict=True)) for layer in LAYERS
        }
        for row in rows
    }


def token_places(*given):
    """Start and end of every token of each text, as offsets in it."""
    texts = columnar.texts(pa.array(given, pa.string()))
    places = token_places_in(texts)
    found = [[] for _ in given]
    for text, start, end in zip(*(column.tolist() for column in (places.text, places.start, places.end)), strict=True):
        found[text].append((start - int(texts.starts[text]), end - int(texts.starts[text])))
    return found


def tags(text, spans, *, innermost=False):
    """The tags of a text's tokens by name; spans are (start, end, kind)."""
    columns = [np.array(column, np.int64) for column in zip(*spans, strict=True)] or [np.zeros(0, np.int64)] * 3
    found = iob2(token_places_in(columnar.texts(pa.array([text]))), Stretches(*columns), innermost=innermost)
    return [NAMES[tag] for tag in found]


def marked(pairs):
    return " ".join(f"{token}/{tag}" for token, tag in pairs if tag != "O")


def test_every_character_but_white_space_is_in_one_token(rows):
    for row in rows:
        text = corpus()[row["article_id"]].paragraph(row["paragraph_id"]).text
        places = list(zip(row["starts"], row["ends"], strict=True))
        assert row["tokens"] == [text[start:end] for start, end in places]
        covered = [place for start, end in places for place in range(start, end)]
        assert covered == [place for place, letter in enumerate(text) if not letter.isspace()]


@pytest.mark.parametrize(
    ("paragraph", "layer", "expected"),
    [
        ("p1", "ner_tags", "لافروف/B-PERS أفغانستان/B-GPE"),
        ("p1", "cue_tags", ":/B-CUE"),
        ("p2", "ner_tags", "وزير/B-OCC الخارجية/I-OCC الروسي/I-OCC سيرغي/B-PERS لافروف/I-PERS أفغانستان/B-GPE"),
        ("p2", "speaker_tags", "وزير/B-SPEAKER الخارجية/I-SPEAKER الروسي/I-SPEAKER سيرغي/I-SPEAKER لافروف/I-SPEAKER"),
        ("p4", "ner_tags", "الوزير/B-OCC لافروف/B-PERS"),
        ("p4", "cue_tags", "وأضاف/B-CUE"),
        ("p7", "cue_tags", "واستدرك/B-CUE قائلا/I-CUE"),
        ("p7", "ner_tags", ""),
        (
            "p10",
            "ner_tags",
            "15/B-DATE أغسطس/I-DATE //I-DATE آب/I-DATE كابول/B-GPE الرئيس/B-OCC أشرف/B-PERS غني/I-PERS",
        ),
        ("p11", "speaker_tags", 'حركة/B-SPEAKER "/I-SPEAKER طالبان/I-SPEAKER "/I-SPEAKER'),
    ],
)
def test_paragraphs_of_the_seed_are_tagged(paragraphs, paragraph, layer, expected):
    assert marked(paragraphs[paragraph][layer]) == expected


def test_the_innermost_quote_counts_and_the_outer_one_begins_anew_after_it(paragraphs):
    tags = paragraphs["p6"]["quote_tags"]
    place = tags.index(("بحجة", "B-partial"))
    assert tags[place - 2 : place] == [("الأمني", "I-indirect"), ('"', "I-indirect")]
    assert tags[-3:] == [("المتغير", "I-partial"), ('"', "B-indirect"), (".", "O")]


def test_two_quotes_of_one_kind_in_a_paragraph_stay_two(paragraphs):
    tags = [tag for _, tag in paragraphs["p8"]["quote_tags"]]
    assert tags.count("B-direct") == 2
    assert set(tags) == {"O", "B-direct", "I-direct"}


def test_a_token_with_a_proclitic_is_tagged_whole():
    assert tags("وقالت روسيا ورابطة الدول", [(13, 24, DIRECT)]) == ["O", "O", "B-direct", "I-direct"]


def test_of_two_spans_in_one_token_the_first_counts():
    assert tags("وقالتا هو", [(3, 9, PARTIAL), (0, 3, DIRECT)]) == ["B-direct", "B-partial"]
    assert tags("وقالتا هو", [(3, 9, PARTIAL), (0, 3, DIRECT)], innermost=True) == ["B-direct", "B-partial"]


def test_of_nested_spans_the_outermost_counts_or_the_innermost():
    spans = [(4, 6, PARTIAL), (0, 9, INDIRECT)]
    assert tags("قال هو لي", spans) == ["B-indirect", "I-indirect", "I-indirect"]
    assert tags("قال هو لي", spans, innermost=True) == ["B-indirect", "B-partial", "B-indirect"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("وبيّن أنه", ["وبيّن", "أنه"]),
        ("العـــربية ٢٠٢١", ["العـــربية", "٢٠٢١"]),
        ("هٰذا (17)،", ["هٰذا", "(", "17", ")", "،"]),
        ("\u00a0\u200f🙂🏽\u064b", ["\u200f", "🙂", "🏽", "\u064b"]),
        (" \t ", []),
    ],
)
def test_tokens_are_words_with_their_marks_or_single_characters(text, tokens):
    assert [text[start:end] for start, end in token_places(text)[0]] == tokens


def test_a_record_with_crossing_spans_and_odd_paragraphs_still_gives_rows(seed):
    seed["paragraphs"][0]["text"] = "…\u200f—\u064b"
    seed["paragraphs"][1]["text"] = " "
    seed["quotes"][2]["spans"][0] |= {"start": 5, "end": 60}
    seed["quotes"].append(seed["quotes"][2] | {"id": "q99", "spans": [seed["quotes"][2]["spans"][0] | {"start": 40}]})
    rows = to_dataset([Article.model_validate_json(json.dumps(seed))], "tokens")
    assert [len(row["tokens"]) for row in rows][:2] == [4, 0]
    assert all(is_iob2([tag for _, tag in pairs]) for layers in tagged(rows).values() for pairs in layers.values())


def is_iob2(tags):
    return all(not tag.startswith("I-") or before in (f"B-{tag[2:]}", tag) for before, tag in pairwise(["O", *tags]))


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 2)), max_size=8)


@settings(deadline=None)
@given(text=st.text('اب ّ_"،. \u00a0', max_size=40), spans=SPANS, innermost=st.booleans())
def test_tags_are_valid_iob2_whatever_the_spans(text, spans, innermost):
    spans = [(start, end, kind) for start, end, kind in spans if start < end <= len(text)]
    found = tags(text, spans, innermost=innermost)
    assert is_iob2(found)
    for (start, end), tag in zip(token_places(text)[0], found, strict=True):
        touching = {NAMES[1 + 2 * kind][2:] for first, last, kind in spans if max(first, start) < min(last, end)}
        assert tag[2:] in touching if touching else tag == "O"


SIGNS = "".join(sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) == "Mn")
TOKEN = re.compile(rf"\w[\w{SIGNS}]*|\S")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("ا ّ_\u00a0")), max_size=5))
def test_tokens_are_the_same_whatever_stands_before_and_after(given_texts):
    expected = [[match.span() for match in TOKEN.finditer(text)] for text in given_texts]
    assert token_places(*given_texts) == expected


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("ا ّ_\u00a0\n\x00")), max_size=5))
def test_tokens_are_the_letters_at_their_places(given_texts):
    paragraphs = [{"id": f"p{number}", "text": text} for number, text in enumerate(given_texts, 1)]
    found = tokens(columnar.Layout(columnar.of_records([{"id": "a", "paragraphs": paragraphs}])))
    told = zip(given_texts, *(found[name].to_pylist() for name in ("tokens", "starts", "ends")), strict=True)
    for text, words, starts, ends in told:
        assert words == [text[start:end] for start, end in zip(starts, ends, strict=True)]
