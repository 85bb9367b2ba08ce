"""What callers hand over wrongly is told with what is allowed: never a raw error, never an empty answer."""

import datetime
import json
from pathlib import Path

import conftest
import numpy as np
import pytest
from conftest import RECORD, ROOT, SEED
from make_corpus import articles

import tasrih
from tasrih.record import to_json

QUOTES, MENTIONS = ([{"id": SEED, layer: []}] for layer in ("quotes", "mentions"))
TEXT = 'الوزيرة تعلن خطة المياه\n\nقالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".'


@pytest.fixture(scope="module")
def corpus():
    return conftest.corpus()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"type": "dirct"}, "choose one of direct, partial, indirect, unmarked. Did you mean direct?"),
        ({"type": ""}, "'': no such type of quote"),
        ({"type": 3}, "3: no such type of quote"),
        ({"type": ["direct"]}, "no such type of quote"),
        ({"speaker": ""}, "not a text"),
        ({"speaker": " \n"}, "not a text"),
        ({"speaker": "ـّ"}, "has no letter"),
        ({"speaker": 3}, "not a text"),
    ],
)
def test_filters_of_quotes(corpus, wrong, told):
    with pytest.raises(tasrih.TasrihError) as error:
        corpus.quotes(**wrong)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"collection": "nws"}, "choose one of composed, news. Did you mean news?"),
        ({"collection": ""}, "choose one of composed, news"),
        ({"collection": None, "published": "2021-13"}, "2021-13: no day, month or year. Write it as 2021-10-13"),
        *(
            ({"published": day}, "no day, month or year")
            for day in ("", "2021-00", "2021-02-30", "2021-", "21", "yesterday", "٢٠٢١", "2021-10-13T00", 2021)
        ),
        ({"published": datetime.date(2021, 10, 13)}, "no day, month or year"),
    ],
)
def test_filters_of_articles(corpus, wrong, told):
    with pytest.raises(tasrih.TasrihError) as error:
        corpus.articles(**wrong)
    assert told in str(error.value)


def test_a_collection_is_looked_for_in_a_dataset_as_well(tmp_path):
    opened = tasrih.load(tasrih.build(tmp_path / "out", ROOT / "corpus/articles/news"))
    assert [article.id for article in opened.articles(collection="news", published="2021")] == [SEED]
    with pytest.raises(tasrih.TasrihError, match="composed: no such collection; choose one of news"):
        opened.articles(collection="composed")


def test_days_are_read_as_they_are_written(corpus):
    found = {day: [article.id for article in corpus.articles(published=day)] for day in ("2021-9", "2021-09", "2021")}
    assert found["2021-9"] == found["2021-09"] != []
    assert set(found["2021-09"]) < set(found["2021"])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda corpus: corpus.search(""), "not a text"),
        (lambda corpus: corpus.search("ـ"), "has no letter"),
        (lambda corpus: corpus.search(None), "not a text"),
        (lambda corpus: corpus.to_dataset("quote"), "quotes, terms, entities, tokens. Did you mean quotes?"),
        (lambda corpus: corpus.to_pandas(None), "no such config"),
        (lambda corpus: corpus[SEED].quotes[0].context(-1), "whole number from 0 on"),
        (lambda corpus: corpus[SEED].quotes[0].spans[0].context("x"), "whole number from 0 on"),
        (lambda corpus: tasrih.score([RECORD], corpus), "is no article"),
        (lambda corpus: tasrih.score(corpus, ["a"]), "is no article"),
        (lambda corpus: tasrih.score(corpus, [{"quotes": []}]), 'B:1: has no "id"'),
        (lambda corpus: tasrih.score(corpus, [{"id": "a"}]), "has none of quotes, terms, mentions, tags"),
        (lambda corpus: tasrih.score(corpus, [{"id": "a", 1: 2}]), "holds what JSON cannot say"),
        (lambda corpus: tasrih.score(corpus, corpus, split="tets"), "validation, test. Did you mean test?"),
        (lambda corpus: tasrih.score(corpus, corpus, layers=["quote"]), "mentions. Did you mean quotes?"),
        (lambda corpus: tasrih.score(corpus, corpus, layers="quotes"), "is no list"),
        (lambda corpus: tasrih.score(corpus, RECORD), "has no articles"),
        (lambda corpus: tasrih.score(corpus, corpus[SEED]), "has no articles"),
        (lambda corpus: tasrih.score(3, corpus), "has no articles"),
        (lambda corpus: tasrih.score(corpus, None), "has no articles"),
        (lambda corpus: tasrih.score(corpus, [corpus[0], corpus[0]]), "is taken twice"),
        (lambda corpus: tasrih.score(corpus, []), "no article in common"),
        (lambda corpus: tasrih.score([], corpus), "A has no articles, and there is nothing to score"),
        (lambda corpus: tasrih.score(corpus, ""), "not a path"),
        (lambda corpus: tasrih.compare(corpus, QUOTES, MENTIONS), "no answers of the same kind"),
        (lambda corpus: tasrih.score(corpus, corpus, by="colection"), "phenomena. Did you mean collection?"),
        (tasrih.agree, "nothing to compare with"),
        (lambda _: tasrih.agree(), "nothing to compare with"),
        (lambda corpus: tasrih.agree(corpus, corpus, by=["collection"]), "cannot be broken down by that"),
        (lambda _: tasrih.load(123), "not a path"),
        (lambda _: tasrih.load(""), "not a path"),
        (lambda _: tasrih.load(b"corpus"), "not a path"),
        (lambda _: tasrih.load("a\0b"), "not a path"),
        (lambda _: tasrih.load(Path("missing")), "no such file"),
        (lambda _: tasrih.validate(engine="sparc"), "choose one of local, spark. Did you mean spark?"),
        (lambda _: tasrih.validate("corpuss"), "corpuss: no such file"),
        (lambda _: tasrih.validate(123), "not a path"),
        (lambda _: tasrih.validate([None]), "not a path"),
        (lambda _: tasrih.validate(b"corpus"), "not a path"),
        (lambda _: tasrih.validate([]), "the list is empty"),
        (lambda _: tasrih.validate({"a": {1}}), "<record 1>: holds what JSON cannot say"),
        (lambda _: tasrih.validate([RECORD, {1: 2}]), "<record 2>: holds what JSON cannot say"),
        (lambda _: tasrih.validate([{"a": "\ud800"}]), "holds what JSON cannot say"),
        (lambda _: tasrih.validate([{"a": 2**70}]), "holds what JSON cannot say"),
        (lambda corpus: tasrih.validate([corpus[SEED]]), "not a path"),
        *(
            (lambda _, jobs=jobs: tasrih.validate(jobs=jobs), "whole number from 1 on")
            for jobs in (0, -1, "2", 1.5, True, None)
        ),
        (lambda _: tasrih.validate(select="Z"), "no rule begins so"),
        (lambda _: tasrih.validate(ignore=[3]), "no rule begins so"),
        (lambda _: tasrih.validate(since=123), "--since: 123 is not a text"),
        (lambda _: tasrih.validate(since=""), "not a text"),
        (lambda _: tasrih.validate(within=3), "not a path"),
        (lambda _: tasrih.validate(within="nowhere"), "within: nowhere is no folder"),
        (lambda _: tasrih.build(None), "not a path"),
        (lambda _: tasrih.build(""), "not a path"),
        (lambda _: tasrih.build("out", 5), "not a path"),
        (lambda _: tasrih.build("out", [RECORD]), "not a path"),
        (lambda _: tasrih.build("out", []), "There are no records"),
        (lambda _: tasrih.build("out", engine="x"), "no such engine"),
        (lambda _: tasrih.build("out", engine=None, resume=True), "no such engine"),
        (lambda _: tasrih.build("out", jobs=0), "whole number from 1 on"),
        (lambda _: tasrih.build("out", sample=-1), "whole number from 0 on"),
        (lambda _: tasrih.build("out", rights="x"), "choose one of all, redistributable"),
        (lambda _: tasrih.build("out", within="nowhere"), "is no folder"),
        (lambda _: tasrih.push("noslash"), "OWNER/NAME"),
        (lambda _: tasrih.push(3), "OWNER/NAME"),
        (lambda _: tasrih.push("a/b", rights="x"), "choose one of all, redistributable"),
        (lambda _: tasrih.push("a/b", 3), "not a path"),
        (lambda _: tasrih.verify(None), "not a path"),
        (lambda _: tasrih.verify("pyproject.toml"), "not a dataset"),
        (lambda _: tasrih.hydrate(None, "corpus", "out"), "not a path"),
        (lambda _: tasrih.hydrate("x", "corpus", None), "not a path"),
        (lambda _: tasrih.draft("a.txt", TEXT), "give the bytes"),
        (lambda _: tasrih.draft(None, TEXT.encode()), "not a path"),
        (lambda _: tasrih.draft("a.txt", TEXT.encode(), published="yesterday"), "not a day"),
        (lambda _: tasrih.draft("a.txt", TEXT.encode(), published=3), "not a day"),
        (lambda _: tasrih.draft("a.txt", TEXT.encode(), publisher=3), "a.txt: the draft is no record"),
        (lambda _: tasrih.draft("a.txt", TEXT.encode(), url="nope"), "not an address"),
        (lambda _: tasrih.from_tei("<TEI/>"), "give the bytes"),
        (lambda _: tasrih.to_tei(RECORD), "no article"),
        (lambda _: tasrih.Article(RECORD), "no record"),
    ],
)
def test_wrong_arguments_are_told(corpus, call, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(tasrih.TasrihError) as error:
        call(corpus)
    assert told in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_one_path_or_code_may_stand_alone(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    for made in articles(3, 1):
        (news / f"{made['id']}.json").write_text(json.dumps(made))
    reports = [tasrih.validate(sources) for sources in (news, str(news), [news], (str(path) for path in [news]))]
    assert [report.records for report in reports] == [3] * 4
    assert tasrih.validate(RECORD, within=ROOT / "corpus", jobs=np.int64(1)).ok
    bad = RECORD | {"quotes": [RECORD["quotes"][0] | {"cue": None}]}
    codes = [set(tasrih.validate(bad, within=ROOT / "corpus", select=codes).by_code()) for codes in ("Q", ["Q"])]
    assert codes[0] == codes[1] != set()
    assert tasrih.validate(bad, within=ROOT / "corpus", select=None, ignore="Q").by_code().keys().isdisjoint(codes[0])
    assert len(tasrih.load(tasrih.build(tmp_path / "out", str(news)))) == reports[0].records


def test_articles_come_from_a_generator(corpus):
    scores = tasrih.score(corpus, (article for article in corpus))
    assert scores.groups["all"].articles == len(corpus)
    assert scores.missing == {}


def records(folder, **files):
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data) if isinstance(data, dict) else data)
    return folder


def test_an_id_is_that_of_the_record_whatever_the_file_is_called(tmp_path):
    found = tasrih.load(records(tmp_path, misnamed=RECORD, other=RECORD | {"id": "misnamed-too"}))
    assert found.ids == [SEED, "misnamed-too"]
    assert (SEED in found, "misnamed" in found, "other" in found) == (True, False, False)
    assert [article.id for article in found] == [found[article_id].id for article_id in found.ids] == found.ids


@pytest.mark.parametrize("lines", [False, True])
def test_two_records_with_one_id_are_refused(lines, tmp_path):
    if lines:
        (tmp_path / "a.jsonl").write_text(f"{json.dumps(RECORD)}\n\n{json.dumps(RECORD | {'terms': []})}\n")
    else:
        records(tmp_path, a=RECORD, b=RECORD)
    path = tmp_path / "a.jsonl" if lines else tmp_path
    with pytest.raises(tasrih.TasrihError, match=rf"{'a.jsonl:3' if lines else 'b.json'}: the id {SEED} is already"):
        tasrih.load(path)


def test_a_record_that_cannot_be_read_is_told_when_it_is_asked_for(tmp_path):
    found = tasrih.load(records(tmp_path, broken="{", numbered={"id": 3}, right=RECORD))
    assert found[SEED].record.id == SEED
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(RECORD)}\n{{\n")
    lines = tasrih.load(tmp_path / "a.jsonl")
    assert lines[SEED] == found[SEED]
    for one, name in ((found, "broken"), (found, "3"), (lines, 1)):
        with pytest.raises(tasrih.TasrihError, match="not a valid record"):
            one[name]


@pytest.mark.parametrize("make", [lambda _: None, lambda folder: (folder / "articles").mkdir()])
def test_a_folder_without_records_is_refused(make, tmp_path):
    make(tmp_path)
    with pytest.raises(tasrih.TasrihError, match="there are no records in it"):
        tasrih.load(tmp_path)


def test_tei_is_read_and_written_as_the_commands_do():
    article = tasrih.load()[SEED]
    text = tasrih.to_tei(article)
    assert text == tasrih.to_tei(article.record)
    assert to_json(tasrih.from_tei(text.encode())) == (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()


def test_everything_public_is_there():
    assert all(getattr(tasrih, name) for name in tasrih.__all__)
    assert {"Cue", "Participant", "Paragraph", "from_tei", "to_tei", "NotFoundError"} <= set(dir(tasrih))
