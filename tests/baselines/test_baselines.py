"""Baselines that run in the suite: what they predict is read off the texts, and holds no word of them."""

import json
import re
import shutil
import sys
from importlib import import_module

import own
import pytest
from conftest import ROOT, read_json

from baselines.command import of_split
from baselines.crf.__main__ import predicted, trained
from baselines.lines import lines
from baselines.rows import CLASSES, Row, rows
from tasrih.record import Article
from tasrih.scoring.matching import Item, item, matches

COMPOSED = sorted((ROOT / "corpus/articles/composed").glob("*.json"))
TRAIN = [path for path in COMPOSED if read_json(path)["metadata"]["split"] == "train"][:6]
TEST = [path for path in COMPOSED if read_json(path)["metadata"]["split"] == "test"][:2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A corpus of a few composed articles."""
    made = tmp_path_factory.mktemp("corpus") / "articles/composed"
    made.mkdir(parents=True)
    for path in TRAIN + TEST:
        shutil.copy(path, made)
    return made.parents[1]


@pytest.fixture(scope="module")
def articles(folder):
    return of_split([str(folder)], "train")


def text_of(article, span):
    paragraph = next(one for one in article.paragraphs if one.id == f"p{span['paragraph']}")
    assert 0 <= span["start"] < span["end"] <= len(paragraph.text)
    return paragraph.text[span["start"] : span["end"]]


def quotes_f1(articles, found):
    """F1 of quotes that overlap by half."""
    by_id = {line["id"]: line for line in found}
    counts = [0, 0]
    for article in articles:
        gold = [item(quote.spans) for quote in article.quotes]
        made = [
            Item(tuple((f"p{span['paragraph']}", span["start"], span["end"]) for span in quote["spans"]))
            for quote in by_id[article.id]["quotes"]
        ]
        counts = [counts[0] + 2 * len(matches(gold, made)), counts[1] + len(gold) + len(made)]
    return counts[0] / counts[1]


def command(monkeypatch, capsys, system, *arguments):
    """The lines that a baseline prints."""
    monkeypatch.setattr(sys, "argv", [system, *map(str, arguments)])
    import_module(f"baselines.{system}.__main__").main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def harbour(tmp_path):
    """The corpus of somebody else, whose only article is in the test split, and that article."""
    made = own.record(split="test") | {"schema_version": "1.1"}
    own.add(tmp_path, made)
    return tmp_path, Article.model_validate_json(json.dumps(made))


def test_the_floor_has_what_stands_in_marks_and_nobody_who_says_it(monkeypatch, capsys, harbour):
    corpus, article = harbour
    (line,) = command(monkeypatch, capsys, "floor", corpus)
    (quote,) = line["quotes"]
    assert [text_of(article, span) for span in quote.pop("spans")] == [own.SPEECH]
    assert quote == {"type": "direct", "cue": None, "speaker": None}
    assert line.keys() == {"id", "quotes"}


def test_the_drafter_finds_who_speaks_and_in_which_words(monkeypatch, capsys, harbour):
    corpus, article = harbour
    (line,) = command(monkeypatch, capsys, "drafter", corpus)
    (quote,) = line["quotes"]
    assert text_of(article, quote["spans"][0]) == own.SPEECH
    assert text_of(article, quote["cue"]) == "قالت"
    speaking = [one["span"] for one in line["mentions"] if one["entity"] == quote["speaker"]["entity"]]
    assert "سهيلة المرجاني" in [text_of(article, span) for span in speaking]


def test_tags_say_nearly_all_that_records_do(articles):
    found = list(lines(rows(articles)))
    assert quotes_f1(articles, found) > 0.9
    cues = {(one.id, cue.paragraph, cue.start, cue.end) for one in articles for q in one.quotes if (cue := q.cue)}
    made = {
        (line["id"], f"p{cue['paragraph']}", cue["start"], cue["end"])
        for line in found
        for quote in line["quotes"]
        if (cue := quote["cue"])
    }
    assert len(cues & made) > 0.9 * len(cues)  # proclitics are outside


def tagged(text, **tags):
    """A row of words with spaces between, whose tags are O but for those given."""
    found = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    places = list(zip(*found, strict=True))
    every = {layer: tags.get(layer, "O " * len(found)).split() for layer in CLASSES}
    return Row("a", 1, text, [text[start:end] for start, end in found], *map(list, places), every)


def test_an_outer_quote_is_whole_around_an_inner_one():
    row = tagged("قال إن الميناء بخير اليوم", quote="O O B-indirect B-partial B-indirect", cue="B-CUE O O O O")
    (line,) = lines([row])
    assert [(quote["type"], quote["spans"][0]["start"], quote["spans"][0]["end"]) for quote in line["quotes"]] == [
        ("indirect", 7, 25),
        ("partial", 15, 19),
    ]


def test_who_is_not_named_again_is_who_spoke_before_or_was_named_last():
    first = tagged(
        "قال الربان نعود غدا .", quote="O O B-direct I-direct O", cue="B-CUE O O O O", speaker="O B-SPEAKER O O O"
    )
    second = tagged("وأضاف نعود", quote="O B-direct", cue="B-CUE O", clitic="B-1 O")
    third = tagged(
        "وصل سامي وقال نعود", quote="O O O B-direct", cue="O O B-CUE O", mention="O B-PERS O O", clitic="O O B-1 O"
    )
    (line,) = lines([first, second, third])
    assert [quote["speaker"] for quote in line["quotes"]] == [
        {"span": {"paragraph": 1, "start": 4, "end": 10}},
        {"span": {"paragraph": 1, "start": 4, "end": 10}},
        {"entity": "e1"},
    ]
    assert line["quotes"][1]["cue"] == {"paragraph": 1, "start": 1, "end": 5}


def test_a_crf_learns_from_a_few_articles_and_comes_out_the_same(articles, tmp_path):
    few = list(rows(articles[:3]))
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        trained(few, tmp_path / name)
        made.append(list(lines(predicted(few, tmp_path / name))))
    assert made[0] == made[1]
    assert quotes_f1(articles[:3], made[0]) > 0.9


@pytest.mark.parametrize("system", ["floor", "drafter", "crf"])
def test_a_command_prints_a_line_for_each_article_of_the_split_and_no_word_of_it(monkeypatch, capsys, folder, system):
    found = command(monkeypatch, capsys, system, folder)
    assert [line["id"] for line in found] == [path.stem for path in TEST]
    assert sum(len(line["quotes"]) for line in found) > 5
    assert not re.search(r"[\u0600-\u06ff]", json.dumps(found, ensure_ascii=False))


def test_articles_without_their_words_are_refused():
    with pytest.raises(SystemExit, match="its words are withheld"):
        of_split([str(ROOT / "corpus/articles/news/news-001.json")], "test")
