"""Composed articles name real places, and no real person, organisation or outlet."""

from conftest import ROOT, SEED

import tasrih
from tasrih.interchange.tei import from_tei
from tasrih.measures.realia import places, real_names

ARTICLES = {article.id: article.record for article in tasrih.load(ROOT / "corpus")}


def made(body):
    return from_tei(f'<TEI id="a"><header><publisher>الميناء</publisher></header>{body}</TEI>'.encode())


def test_no_composed_article_names_anybody_real():
    composed = [article for article in ARTICLES.values() if article.metadata.origin == "composed"]
    assert {article.id: names for article in composed if (names := real_names(article))} == {}


def test_real_names_of_a_real_article_are_found():
    assert {"لافروف", "سيرغي لافروف", "طالبان", "تاس", "منظمه شنغهاي للتعاون"} <= set(real_names(ARTICLES[SEED]))


def test_names_are_found_in_the_text_and_as_publisher_and_agency():
    assert real_names(made("<p>زار وفد للأمم المتحدة السد.</p>")) == ["الامم المتحده"]
    assert real_names(made("<p>زار وفد من الأمم المتحدة السد.</p>")) == ["الامم المتحده"]
    assert real_names(made("<p>وصل <persName>جو بايدن</persName> أمس.</p>")) == ["جو بايدن"]
    relayed = from_tei('<TEI id="a"><header><agency>رويترز</agency></header><p>نص</p></TEI>'.encode())
    assert real_names(relayed) == ["رويترز"]


def test_words_that_a_real_name_also_is_are_none():
    assert real_names(made('<p>في <date when="2024-04">نيسان</date> جاء طالبان اثنان.</p>')) == []


def test_places_are_known_by_geonames_and_counted_once_an_article():
    first = made(
        "<p>من <placeName>أكادير</placeName> إلى <placeName>وهران</placeName> و<placeName>تلسانيا</placeName>.</p>"
    )
    second = made("<p>في <placeName>أغادير</placeName>، <placeName>أغادير</placeName> نفسها.</p>")
    assert places([first, second]) == [("أغادير، أكادير", "GeoNames 2561668", 2), ("وهران", "GeoNames 2485926", 1)]
