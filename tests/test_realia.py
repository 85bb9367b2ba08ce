"""Composed articles name real places, and no real person, organisation or outlet."""

from conftest import SEED, corpus

from tasrih.interchange.tei import from_tei
from tasrih.measures.realia import places, real_names

ARTICLES = {article.id: article.record for article in corpus()}


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


def named(*names, kind="placeName"):
    return made("<p>" + " ".join(f"<{kind}>{name}</{kind}>" for name in names) + "</p>")


def test_of_several_places_of_one_name_it_is_the_one_near_the_others_of_the_article():
    assert ("طرابلس", "GeoNames 266826", 1) in places([named("طرابلس", "بيروت")])
    assert ("طرابلس", "GeoNames 2210247", 1) in places([named("طرابلس", "ليبيا")])


def test_where_nothing_tells_which_place_it_is_there_is_no_id():
    assert places([named("صور")]) == [("صور", "several in GeoNames", 1)]
    assert places([named("جنيف")]) == [("جنيف", "GeoNames 2660646", 1)]


def test_a_place_that_the_register_calls_invented_is_not_real():
    assert places([named("أركانيا")]) == []
    linked = ARTICLES["2021-05-27-stone-harbour-reactions"]
    assert {"أركانيا", "ميرابيا", "سلفاريا"} <= {entity.name for entity in linked.entities}
    assert [name for name, _, _ in places([linked])] == ["جنيف"]


def test_a_region_is_no_city_of_that_name():
    assert places([ARTICLES["2023-09-12-rihana-ridge-fire"]]) == [("عجلون", "GeoNames 250799", 1)]
