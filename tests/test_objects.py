"""Articles and their parts as objects: how they compare, what they show, and what they lead to."""

import copy
import json
import pickle
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from conftest import RECORD, ROOT, SEED

import tasrih
from tasrih import record
from tasrih.validation import Finding

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e$\\href{javascript:alert(1)}{x}$\" onmouseover='x' &amp;\r\nقال"


def article_of(data):
    return tasrih.Article(record.Article.model_validate_json(json.dumps(data)))


@pytest.fixture(scope="module")
def corpus():
    return tasrih.load()


@pytest.fixture(scope="module")
def article(corpus):
    return corpus[SEED]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return tasrih.build(tmp_path_factory.mktemp("objects") / "dataset", ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    folder = tmp_path_factory.mktemp("objects") / "public"
    return tasrih.load(tasrih.build(folder, ROOT / f"corpus/articles/news/{SEED}.json", rights="redistributable"))


def parts(article):
    """Every object of an article."""
    quotes = [quote for quote in article.quotes if quote.speaker]
    yield from (article, *article.paragraphs, *article.quotes, *article.terms, *article.entities, *article.mentions())
    yield from (
        part for quote in quotes for part in (quote.cue, quote.speaker, quote.speaker.span, *quote.spans) if part
    )


def test_the_same_objects_are_equal_wherever_they_were_read(corpus, article, dataset):
    again, opened = tasrih.load(ROOT / "corpus"), tasrih.load(dataset)
    for other in (again[SEED], opened[SEED], opened[SEED], next(iter(opened)), article_of(RECORD)):
        assert list(parts(other)) == list(parts(article))
        assert list(map(hash, parts(other))) == list(map(hash, parts(article)))
        assert other in corpus
    assert set(opened.quotes()) == {quote for quote in corpus.quotes() if quote.article.id == SEED}


def test_other_objects_differ(article, seed):
    seed["quotes"][0]["type"] = "direct"
    seed["quotes"][1]["spans"][0]["end"] += 1
    changed, renamed = article_of(seed), article_of(RECORD | {"id": "another-article"})
    assert changed != article
    assert [one == other for one, other in zip(changed.quotes, article.quotes, strict=True)][:3] == [False, False, True]
    assert not set(parts(renamed)) & set(parts(article))
    assert len(set(parts(article))) > 100
    assert article.quotes[0].spans[0] != article.quotes[0].cue
    assert article != SEED


def test_a_span_of_two_entities_is_two_mentions(seed):
    seed["entities"].append(seed["entities"][0] | {"id": "e99"})
    mentions = list(article_of(seed).mentions())
    assert mentions[0] != mentions[-len(seed["entities"][0]["mentions"])]


@pytest.mark.parametrize("where", ["folder", "dataset"])
def test_objects_are_pickled_and_copied(where, dataset, article):
    corpus = tasrih.load(dataset if where == "dataset" else ROOT / "corpus")
    for part in parts(corpus[SEED]):
        for other in (pickle.loads(pickle.dumps(part)), copy.copy(part), copy.deepcopy(part)):  # noqa: S301
            assert other == part
            assert hash(other) == hash(part)
    again = pickle.loads(pickle.dumps(corpus))  # noqa: S301
    assert again.ids == corpus.ids
    assert again[SEED] == article


@pytest.mark.parametrize(
    ("find", "shown"),
    [
        (lambda corpus, _: corpus, f"<Corpus of {len(list((ROOT / 'corpus/articles').rglob('*.json')))} articles>"),
        (
            lambda _, article: article,
            f"<Article {SEED}, 2021-10-13: “لافروف: من الضروري قطع قنوات إمداد الإرهابيين بال…”>",
        ),
        (lambda _, article: article.paragraphs[-1], "<Paragraph p14 source “المصدر: تاس”>"),
        (
            lambda _, article: article.quotes[3],
            "<Quote q4 direct p4[22:218] by “سيرغي لافروف”: “نتشارك مخاوفنا من أن تخترق العناصر الإرهابية والع…”>",
        ),
        (lambda _, article: article.quotes[3].cue, "<Cue p4[1:5] verb “أضاف”>"),
        (
            lambda _, article: article.quotes[3].speaker,
            "<Participant e1 “سيرغي لافروف”, named p4[6:19] “الوزير لافروف”>",
        ),
        (lambda _, article: article.quotes[5].speaker, "<Participant e1 “سيرغي لافروف”, elided>"),
        (lambda _, article: article.entities[0], "<Entity e1 PERS “سيرغي لافروف”, mentions: 7>"),
        (lambda _, article: article.entities[0].mentions[0], "<Mention p1[0:6] named, of e1 PERS: “لافروف”>"),
        (lambda _, article: article.terms[0], "<Term t1 name p5[46:66] “رابطة الدول المستقلة”>"),
        (lambda _, article: article.terms[0].span, "<Span p5[46:66] “رابطة الدول المستقلة”>"),
        (
            lambda *_: tasrih.validate([RECORD], within=ROOT / "corpus"),
            "<Report of 1 record, 0 errors, 0 warnings>",
        ),
        (
            lambda _, article: tasrih.score([article], [article]),
            "<Scores of 1 article: quotes exact F1 1.000, quotes overlap F1 1.000, attribution F1 1.000>",
        ),
        (
            lambda *_: Finding("Q101", "error", "a\nb", "x\x1b.json", 3, 4, "/quotes/0"),
            "<Finding Q101 error at x\ufffd.json:3:4 /quotes/0: a b>",
        ),
        (lambda *_: tasrih.Fault("a.parquet", "it is missing"), "<Fault a.parquet: it is missing>"),
    ],
)
def test_objects_say_what_and_where_they_are(corpus, article, find, shown):
    assert repr(find(corpus, article)) == shown


def hostile():
    data = copy.deepcopy(RECORD)
    for item in (*data["paragraphs"], *(term["span"] for term in data["terms"])):
        item["text"] = HOSTILE + item["text"]
    for entity in data["entities"]:
        entity["name"] = HOSTILE
    data["metadata"]["publisher"] = HOSTILE
    data["quotes"][0]["spans"][0] |= {"start": 5, "end": 2**31 - 1}
    data["quotes"][1]["spans"][0] |= {"paragraph": "p999"}
    data["quotes"][2]["speaker"]["entity"] = "e999"
    return article_of(data)


def test_whatever_a_record_says_it_shows_on_one_short_line(public):
    for part in (*parts(hostile()), *parts(public[0]), hostile().quotes[2]):
        assert repr(part).isprintable() or "\u00a0" in repr(part)
        assert len(repr(part)) < 250


class _Tags(HTMLParser):
    """The tags and attributes of HTML, and the text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.open = set(), set(), "", []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open += [tag] if tag != "br" else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def shown_in_notebooks(article):
    report = tasrih.validate(article.record.model_dump(mode="json"), within=ROOT / "corpus")
    right = [article_of(RECORD)]
    return [article, *article.quotes, report, tasrih.score(right, right), tasrih.agree(right, right)]


@pytest.mark.parametrize("make", [hostile, lambda: tasrih.load()[SEED]])
def test_nothing_that_a_record_says_is_markup_in_a_notebook(make):
    for thing in shown_in_notebooks(make()):
        html = thing._repr_html_()
        tags = _Tags(html)
        assert tags.tags <= {"div", "p", "span", "bdi", "br", "small", "table", "thead", "tbody", "tr", "th", "td"}
        assert tags.attributes <= {"style", "class", "dir", "lang", "title"}
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html)
        assert html.startswith('<div class="tex2jax_ignore mathjax_ignore"')
        assert "padding" not in html


def test_a_notebook_shows_the_text_from_right_to_left_with_its_marks(article):
    html = article._repr_html_()
    assert '<div dir="rtl" lang="ar"' in html
    for paragraph in article.paragraphs:
        assert paragraph.text in _Tags(html).text
    marked = re.findall(r'<span style="([^"]*)" title="([^"]*)">([^<]*)</span>', html)
    direct = [words for style, title, words in marked if "q4 direct" in title]
    assert "".join(direct) == article.quotes[3].text
    quote = article.quotes[3]._repr_html_()
    assert article.paragraphs[3].text in _Tags(quote).text
    assert article.paragraphs[4].text not in _Tags(quote).text


def test_of_nested_quotes_the_inner_one_is_seen(article):
    pieces = re.findall(r'<span style="([^"]*)" title="[^"]*q8 partial[^"]*">', article._repr_html_())
    assert pieces
    assert all(re.findall(r"background: ([^;]*)", style)[-1] == "rgba(210, 153, 34, .35)" for style in pieces)


def test_a_report_of_many_findings_shows_the_first(seed):
    seed["quotes"] = [quote | {"cue": None, "speaker": None} for quote in seed["quotes"]] * 9
    report = tasrih.validate([seed], within=ROOT / "corpus")
    assert len(report) > 100
    assert f"and {len(report) - 100} more findings" in report._repr_html_()


def test_a_quote_leads_to_its_paragraph_and_context(article, corpus):
    quote = article.quotes[3]
    assert quote.paragraph == article.paragraph("p4")
    assert quote.context(3) == (': "', quote.text, '".')
    assert quote.context(0) == ("", quote.text, "")
    assert all(
        left + match + right in one.paragraph.text
        for one in corpus.quotes()
        if len(one.spans) == 1
        for left, match, right in [one.context()]
    )
    broken = next(one for one in corpus.quotes() if len(one.spans) > 1)
    assert broken.context(5).left == broken.spans[0].context(5).left
    assert broken.context(5).right == broken.spans[-1].context(5).right
    assert broken.paragraph == broken.spans[0].paragraph


def test_an_entity_leads_to_what_it_said(corpus):
    for article in corpus:
        spoken = [(quote.speaker.entity, quote) for quote in article.quotes if quote.speaker]
        assert [(entity, quote) for entity in article.entities for quote in entity.quotes] == sorted(
            spoken, key=lambda pair: article.entities.index(pair[0])
        )


def test_a_dataset_without_texts_is_read_all_the_same(public):
    (article,) = public
    assert (article.headline, article.text.strip(), article.quotes[0].text, article.entities[0].name) == (
        "",
        "",
        "",
        "",
    )
    assert article.quotes[3].context() == ("", "", "")
    assert len(list(public.quotes(speaker="لافروف"))) == 11  # by the register, which has the name
    assert list(public.search("أفغانستان")) == []
    assert article._repr_html_()


def test_articles_are_found_by_id_by_place_and_by_slice(corpus, dataset):
    assert corpus[0].id == corpus.ids[0]
    assert corpus[-1].id == corpus[np.int64(len(corpus) - 1)].id == corpus.ids[-1]
    assert [article.id for article in corpus[2:8:3]] == corpus.ids[2:8:3]
    assert corpus[:0] == []
    assert tasrih.load(dataset)[0] == corpus[SEED]


@pytest.mark.parametrize(
    ("which", "reason"),
    [
        ("a wrong id", "a wrong id: no such article. The first is "),
        (SEED[:-1], f"no such article. Did you mean {SEED}?"),
        (f"{SEED}\n\x1b[2J", f"Did you mean {SEED}?"),
        ("", "'': no such article"),
        (10**6, "no such article; there are"),
        (-(10**6), "counted from 0"),
        (None, "None: no article is called so"),
        (1.0, "by id, by place or by slice"),
        ([SEED], "by id, by place or by slice"),
        (slice("a", None), "by id, by place or by slice"),
    ],
)
def test_what_is_not_there_is_told(corpus, dataset, which, reason):
    for one in (corpus, tasrih.load(dataset)):
        with pytest.raises(tasrih.NotFoundError) as told:
            one[which]
        assert isinstance(told.value, KeyError)
        assert isinstance(told.value, IndexError)
        assert isinstance(told.value, tasrih.TasrihError)
        assert reason in str(told.value) or one is not corpus
        assert str(told.value).isprintable()
    assert pickle.loads(pickle.dumps(told.value)).args == told.value.args  # noqa: S301


def test_what_an_article_does_not_have_is_told(article):
    for find, near in ((article.quote, "q9"), (article.entity, "e9"), (article.paragraph, "p9")):
        assert find(near)
        for wrong in (f"{near}99", None, 3, []):
            with pytest.raises(tasrih.NotFoundError, match=f"{SEED}: no "):
                find(wrong)


def test_in_asks_for_ids_and_articles(corpus, article):
    assert SEED in corpus
    assert article in corpus
    assert article_of(RECORD | {"id": "another"}) not in corpus
    assert [thing in corpus for thing in ("x", None, 3, [], {})] == [False] * 5
