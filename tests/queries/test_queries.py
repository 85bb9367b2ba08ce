"""The query language: what is written, what it means, and which quotes it finds wherever they are read from."""

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, corpus, read_json
from hypothesis import example, given
from hypothesis import strategies as st

import tasrih
from tasrih.phenomena import phenomena
from tasrih.queries import FIELDS, parse
from tasrih.queries.parsing import written
from tasrih.queries.values import folded

CASES = read_json(Path(__file__).with_name("cases.json"))
"""Queries with their terms, or the character at which they are wrong: the explorer's scripts are held to them too."""
QUERIES = [
    "type=direct speaker.form=elided cue=قال",
    "speaker=لافروف",
    "speaker=لافروف|sergey-lavrov -type=direct",
    "addressee=*",
    "published=2021-10..2021-12 role=headline",
    "phenomenon=elided-chain article.phenomenon!=boilerplate",
    "أسعار",
    "-أسعار split=test",
    "speaker.type=ORG addressee.form=named|pronoun",
]


def plain(terms):
    """Terms as JSON has them."""
    told = [{"field": term.field.name, "values": term.values, "negated": term.negated} for term in terms]
    return json.loads(json.dumps(told))


@pytest.mark.parametrize("case", CASES, ids=[case["query"] for case in CASES])
def test_a_query_is_its_terms_or_is_told_where_it_is_wrong(case):
    if "terms" in case:
        assert plain(parse(case["query"])) == case["terms"]
        return
    with pytest.raises(tasrih.TasrihError) as error:
        parse(case["query"])
    place = re.match(r"query, at character (\d+): ", str(error.value))
    assert (int(place[1]) if place else 0) == case["error"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("speeker=x", "Did you mean speaker?"),
        ("day=2021", "Did you mean published?"),
        ("type=dirct", "Did you mean direct?"),
        ("cue=", "Write it as cue=قال."),
        ('speaker="س', 'the closing " is missing'),
    ],
)
def test_what_is_wrong_is_told_with_what_can_be_written(query, told):
    with pytest.raises(tasrih.TasrihError, match=re.escape(told)):
        corpus().quotes(query)


@given(st.text('س=!|-"“”\\ .*ال\u200f1', max_size=20))
@example("-")
@example('"\\')
def test_whatever_is_written_is_read_or_told(query):
    try:
        terms = parse(query)
    except tasrih.TasrihError as error:
        assert str(error).startswith("query")  # noqa: PT017
    else:
        assert terms


@given(st.text('س=!|-"“”«»\\ .*a\n', min_size=1, max_size=8).filter(folded))
def test_any_value_can_be_written(value):
    (term,) = parse(f"outlet={written(value)}")
    assert term.values == (folded(value),)


def test_the_table_of_fields_says_what_is_so():
    for field in FIELDS.values():
        (term,) = parse(f"{field.name}={written(field.example)}")
        assert term.field == field
        assert term.values
        assert bool(field.choices) == (field.kind == "choice")
        assert not FIELDS.keys() & set(field.also)
    assert FIELDS["phenomenon"].example in {one.slug for one in phenomena()}


def test_terms_hold_together_and_not_holds_of_the_others():
    everything = set(corpus().quotes())
    for query in QUERIES[1:2] + QUERIES[3:4] + ["type=direct", "cue=*", "published=2021", "outlet=*", "role=headline"]:
        found, others = set(corpus().quotes(query)), set(corpus().quotes(f"-{query}"))
        assert found | others == everything
        assert not found & others
        assert set(corpus().quotes(f"{query} speaker.form=named")) == {
            quote for quote in found if quote.speaker and quote.speaker.form == "named"
        }


def test_words_are_those_of_the_quote_and_of_the_article_where_that_is_asked():
    said = list(corpus().quotes("أسعار"))
    assert said
    assert all("أسعار" in quote.text or "اسعار" in quote.text for quote in said)
    assert {quote.article.id for quote in said} < {one.article.id for one in corpus().quotes("article.text=أسعار")}
    around = {hit.article.id for hit in corpus().search("أسعار")}
    assert {quote.article.id for quote in corpus().quotes("article.text=أسعار")} == around
    assert list(corpus().quotes("سعره")) == []


def test_a_cue_is_found_by_its_own_words():
    cues = {quote.cue.text for quote in corpus().quotes("cue=وفقا cue!=أفاد collection=composed")}
    assert cues
    assert all(cue.startswith(("وفقا", "وفقًا")) for cue in cues)
    assert {quote.cue.text for quote in corpus().quotes("cue=قال collection=composed")} == {"قال"}


def test_articles_without_words_answer_all_but_words():
    assert {quote.article.is_withheld for quote in corpus().quotes("type=direct")} == {True, False}
    assert {quote.article.is_withheld for quote in corpus().quotes("cue=*")} == {True, False}
    for query in ("أسعار", "-أسعار", "cue=قال", "cue!=قال", "article.text=أسعار", "-article.text=أسعار"):
        assert {quote.article.is_withheld for quote in corpus().quotes(query)} == {False}


def test_short_forms_are_terms():
    assert list(corpus().quotes(speaker="لافروف", type="direct")) == list(corpus().quotes("speaker=لافروف type=direct"))
    assert list(corpus().quotes("cue=قال", speaker="لافروف")) == list(corpus().quotes("cue=قال speaker=لافروف"))


@pytest.mark.parametrize("query", QUERIES)
def test_a_dataset_and_json_lines_answer_as_the_folder_does(query, elsewhere):
    wanted = {(quote.article.id, quote.id) for quote in corpus().quotes(query)}
    assert wanted
    for other in elsewhere:
        assert {(quote.article.id, quote.id) for quote in other.quotes(query)} == wanted


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, whole_dataset):
    """The corpus as a dataset, and as JSON Lines with its register beside."""
    folder = tmp_path_factory.mktemp("lines")
    root = Path(__file__).parents[2] / "corpus"
    (folder / "entities.json").write_bytes((root / "entities.json").read_bytes())
    (folder / "articles").mkdir()
    records = (read_json(path) for path in sorted((root / "articles").rglob("*.json")))
    (folder / "articles/all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return tasrih.load(whole_dataset), tasrih.load(folder / "articles/all.jsonl")


def test_drafts_are_asked_how_sure_they_are(tmp_path, seed):
    seed["quotes"][0]["provenance"] = {"rule": "verb-before-marks", "confidence": 0.4}
    seed["quotes"][1]["provenance"] = {"rule": "told-to", "confidence": 0.9}
    (tmp_path / "x.json").write_text(json.dumps(seed), encoding="utf-8")
    drafted = tasrih.load(tmp_path)
    for query, ids in {
        "confidence=..0.5": ["q1"],
        "confidence=0.4": ["q1"],
        "confidence=0.4..": ["q1", "q2"],
        "rule=told-to": ["q2"],
        "confidence=*": ["q1", "q2"],
    }.items():
        assert [quote.id for quote in drafted.quotes(query)] == ids


def test_the_documents_list_every_field_as_the_table_has_it():
    page = (ROOT / "docs/queries.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w.]+)` \| (.*) \| (quote|article) \| `(.*)` \|$", page, re.MULTILINE)
    told = {field: f"{field.holds}{': ' if field.choices else ''}" for field in FIELDS.values()}
    assert listed == [
        (
            field.name,
            holds + ", ".join(f"`{choice}`" for choice in field.choices),
            field.of,
            f"{field.name}={written(field.example)}",
        )
        for field, holds in told.items()
    ]
