"""The corpus as tagged tokens."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tasrih
from tasrih.dataset import to_dataset
from tasrih.dataset.tokens import Stretch, iob2, token_places
from tasrih.record import Article

LAYERS = ["ner_tags", "quote_tags", "cue_tags", "speaker_tags"]


@pytest.fixture(scope="module")
def paragraphs():
    return tagged(tasrih.load().to_dataset("tokens"))


def tagged(rows):
    """For each paragraph and layer the tokens with their tags by name."""
    names = {layer: rows.features[layer].feature.names for layer in LAYERS}
    return {
        row["paragraph_id"]: {
            layer: list(zip(row["tokens"], [names[layer][tag] for tag in row[layer]], strict=True)) for layer in LAYERS
        }
        for row in rows
    }


def marked(pairs):
    return " ".join(f"{token}/{tag}" for token, tag in pairs if tag != "O")


def test_every_character_but_white_space_is_in_one_token():
    corpus = tasrih.load()
    for row in corpus.to_dataset("tokens"):
        text = corpus[row["article_id"]].paragraph(row["paragraph_id"]).text
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
    text = "وقالت روسيا ورابطة الدول"
    assert iob2(token_places(text), [Stretch(13, 24, "ORG")]) == ["O", "O", "B-ORG", "I-ORG"]


def test_of_two_spans_in_one_token_the_first_counts():
    assert iob2([(0, 6), (7, 9)], [Stretch(3, 9, "LOC"), Stretch(0, 3, "GPE")]) == ["B-GPE", "B-LOC"]


def test_of_nested_names_the_outermost_counts():
    spans = [Stretch(4, 6, "NORP"), Stretch(0, 9, "ORG")]
    assert iob2([(0, 3), (4, 6), (7, 9)], spans) == ["B-ORG", "I-ORG", "I-ORG"]


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
    assert [text[start:end] for start, end in token_places(text)] == tokens


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


SPANS = st.lists(
    st.builds(Stretch, st.integers(0, 40), st.integers(0, 40), st.sampled_from(["direct", "partial", "indirect"])),
    max_size=8,
)


@settings(deadline=None)
@given(text=st.text('اب ّ_"،. \u00a0', max_size=40), spans=SPANS, innermost=st.booleans())
def test_tags_are_valid_iob2_whatever_the_spans(text, spans, innermost):
    places = token_places(text)
    tags = iob2(places, spans, innermost=innermost)
    assert is_iob2(tags)
    for (start, end), tag in zip(places, tags, strict=True):
        touching = {span.label for span in spans if max(span.start, start) < min(span.end, end)}
        assert tag[2:] in touching if touching else tag == "O"


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_covered_once(text):
    covered = [place for start, end in token_places(text) for place in range(start, end)]
    assert covered == [place for place, letter in enumerate(text) if not letter.isspace()]
