"""What a page states for machines, broken and referring as sites write it."""

import pytest

from tasrih.drafting.statements import is_outlet, outlets_apart, outlets_in

html = pytest.importorskip("lxml.html")
structured = pytest.importorskip("tasrih.drafting.structured")


def objects(script):
    doubts = []
    page = html.document_fromstring(f'<script type="application/ld+json">{script}</script>')
    return list(structured.json_objects(page, doubts)), doubts


@pytest.mark.parametrize(
    "script", ['{"headline": "السد",}', '<!-- {"headline": "السد"} -->', '[{"headline": "السد"}];']
)
def test_json_is_read_with_what_sites_put_around_it(script):
    assert objects(script) == ([{"headline": "السد"}], [])


def test_references_are_followed_and_other_articles_left_out():
    found, _ = objects(
        '{"@graph": [{"author": {"@id": "#a"}, "mentions": {"headline": "آخر"}}, {"@id": "#a", "name": "سلمى"}]}'
    )
    assert {"author": {"@id": "#a", "name": "سلمى"}, "mentions": {"headline": "آخر"}} in found
    assert {"headline": "آخر"} not in found


def test_what_is_broken_is_a_doubt():
    assert objects("{") == ([], ["JSON-LD block 1 is broken and was not read"])


def test_microdata_is_that_of_the_article_alone():
    page = html.document_fromstring(
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">السد</h1>'
        '<p itemprop="author" itemscope itemtype="https://schema.org/Person"><i itemprop="name">سلمى</i></p></div>'
        '<h1 itemprop="headline">آخر</h1>'
    )
    assert structured.microdata(page) == {"headline": ["السد"], "author": [{"@type": "Person", "name": "سلمى"}]}


def test_the_outlet_is_no_part_of_a_headline():
    assert outlets_apart("السد يمتلئ | صحيفة الوادي", []) == "السد يمتلئ"
    assert outlets_apart("النهر - السد يمتلئ", ["النهر"]) == "السد يمتلئ"
    assert outlets_apart("السد يمتلئ - الوادي يفرح", ["النهر"]) == "السد يمتلئ - الوادي يفرح"
    assert outlets_in("السد يمتلئ | صحيفة الوادي") == ["صحيفة الوادي"]
    assert is_outlet("النهر", ["النهر"])
    assert not is_outlet("السد", ["النهر"])
