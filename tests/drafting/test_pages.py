"""Web pages as outlets make them: headline, authors, day, outlet, and what of the page is the article."""

import subprocess
import sys

import pytest

from tasrih import TasrihError, draft
from tasrih.drafting.pages import page

HEADLINE = "رئيسة البلدية تعلن موعد افتتاح الجسر"
BODY = (
    "قالت رئيسة بلدية وادي النحل سعاد النجار إن أعمال الجسر الجديد بلغت مراحلها الأخيرة بعد عامين من العمل المتواصل.",
    'وأضافت النجار: "لن نؤجل الافتتاح يوما واحدا، فقد انتظر الأهالي هذا الجسر طويلا ولن ينتظروا بعد اليوم".',
    "وتقع البلدة على ضفتي النهر، ويعبرها كل يوم مئات العمال والطلاب في طريقهم إلى المدينة المجاورة.",
)
PARAGRAPHS = "\n".join(f"<p>{text}</p>" for text in BODY)
H1 = f"<h1>{HEADLINE}</h1>"


def html(head="", before="", article=PARAGRAPHS, after="", *, h1=H1):
    return (
        f'<!doctype html><html lang="ar"><head>{head}</head><body><nav><a href="/">الرئيسية</a></nav>'
        f"<article>{h1}{before}<div>{article}</div>{after}</article></body></html>"
    )


def linked(text):
    return f'<script type="application/ld+json">{text}</script>'


def told(page):
    return draft("page.html", page if isinstance(page, bytes) else page.encode())


def text_of(record, *roles):
    return [paragraph.text for paragraph in record.paragraphs if paragraph.role in (roles or ("body",))]


def furniture(record):
    return {(line.kind, line.text) for line in record.metadata.source.furniture}


@pytest.mark.parametrize(
    ("head", "h1"),
    [
        (f'<meta property="og:title" content="{HEADLINE} - صحيفة المرفأ">', H1),
        (f'<meta property="og:title" content="صحيفة المرفأ - {HEADLINE}">', H1),
        (f'<meta property="og:title" content="{HEADLINE} - صحيفة المرفأ">', ""),
        (f'<meta property="og:title" content="صحيفة المرفأ - {HEADLINE}">', ""),
        (f'<meta property="og:site_name" content="المرفأ"><title>{HEADLINE} | المرفأ</title>', ""),
        (f'<meta property="og:site_name" content="المرفأ"><title>المرفأ :: {HEADLINE}</title>', ""),
        (f'<meta property="og:site_name" content="المرفأ"><title>{HEADLINE} – محليات – المرفأ</title>', H1),
        (f'<title>{HEADLINE} | أخبار | صحيفة المرفأ</title><meta property="og:title" content="{HEADLINE}">', ""),
        (linked(f'{{"@type": "NewsArticle", "headline": "{HEADLINE}"}}'), "<h1>المرفأ</h1>"),
        (linked(f'{{"@type": "NewsArticle", "headline": "{HEADLINE}"}}'), f"<h1>المرفأ</h1><h2>{HEADLINE}</h2>"),
        ('<meta property="og:title" content="صحيفة المرفأ">', H1),
        ("<title>صحيفة المرفأ</title>", H1),
        (linked('{"@type": "NewsArticle", "headline": "شاهد بالفيديو: مفاجأة الجسر"}'), H1),
        (f"<title>{HEADLINE.replace('ة', 'ه')}</title>", H1),
    ],
)
def test_the_headline_is_what_the_page_shows_without_the_outlet(head, h1):
    record = told(html(head, h1=h1))
    assert text_of(record, "headline") == [HEADLINE]
    assert text_of(record) == list(BODY)


def test_the_outlet_is_stated_or_stands_in_the_title():
    assert told(html('<meta property="og:site_name" content="المرفأ">')).metadata.publisher == "المرفأ"
    assert told(html(f"<title>{HEADLINE} - صحيفة المرفأ</title>")).metadata.publisher == "صحيفة المرفأ"


def test_a_page_that_lists_articles_is_doubtful():
    cards = "".join(
        f'<article><h2><a href="/{n}">الخبر رقم {n}</a></h2><p>{BODY[n % 3]}</p></article>' for n in range(4)
    )
    found = page(f"<html><body><h1>أخبار محلية</h1>{cards}</body></html>".encode())
    assert "page: it lists 4 articles; is it that of one?" in found.doubts


def test_a_headline_with_a_colon_or_a_dash_is_not_cut():
    for headline in ("النجار: الجسر يفتح قبل العيد", "قناة وادي النحل - أزمة جديدة", "الجسر - حلم الأهالي"):
        head = f'<meta property="og:title" content="{headline}"><meta property="og:site_name" content="المرفأ">'
        assert text_of(told(html(head, h1="")), "headline") == [headline]


PERSON = '{"@type": "Person", "name": "سلمى الحداد"}'


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        (linked(f'{{"@type": "NewsArticle", "author": {PERSON}}}'), "", ["سلمى الحداد"]),
        (
            linked(f'{{"@type": "NewsArticle", "author": [{PERSON}, {{"@type": "Person", "name": "رامي الخطيب"}}]}}'),
            "",
            ["سلمى الحداد", "رامي الخطيب"],
        ),
        (linked('{"@type": "Report", "author": ["سلمى الحداد", "رامي الخطيب"]}'), "", ["سلمى الحداد", "رامي الخطيب"]),
        (linked('{"@type": "NewsArticle", "author": "سلمى الحداد ورامي الخطيب"}'), "", ["سلمى الحداد", "رامي الخطيب"]),
        (
            linked(
                '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "author": {"@id": "#s"}},'
                ' {"@id": "#s", "@type": "Person", "name": "سلمى الحداد"}]}'
            ),
            "",
            ["سلمى الحداد"],
        ),
        (linked("{broken") + linked(f'{{"@type": "NewsArticle", "author": {PERSON},}}'), "", ["سلمى الحداد"]),
        (linked('{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "المرفأ"}}'), "", []),
        (linked('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "admin"}}'), "", []),
        (linked('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "هيئة التحرير"}}'), "", []),
        (
            "",
            '<div itemprop="author" itemscope itemtype="https://schema.org/Organization">'
            '<meta itemprop="name" content="Marfa">'
            '<meta itemprop="url" content="https://marfa.example"><img itemprop="logo" src="https://cdn.marfa.example/l.png">'
            '</div><div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">'
            '<meta itemprop="name" content="Marfa"><meta itemprop="url" content="https://cdn.marfa.example"></div>',
            [],
        ),
        (
            "",
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/w/7">'
            '<span itemprop="name">سلمى الحداد</span></a></span>',
            ["سلمى الحداد"],
        ),
        ("", '<a itemprop="author" href="/w/7">سلمى الحداد</a>', ["سلمى الحداد"]),
        ('<meta name="author" content="سلمى الحداد">', "", ["سلمى الحداد"]),
        ('<meta name="author" content="https://marfa.example/w/7">', "", []),
        ('<meta property="article:author" content="https://social.example/marfa">', "", []),
        ('<meta property="og:site_name" content="المرفأ"><meta name="author" content="المرفأ">', "", []),
        ("", "<p>كتبت سلمى الحداد</p>", ["سلمى الحداد"]),
        ("", '<div class="writer">حوار: سلمى الحداد</div>', ["سلمى الحداد"]),
        ("", "<div>بقلم: سلمى الحداد ورامي الخطيب</div>", ["سلمى الحداد", "رامي الخطيب"]),
        ("", "<div>القاهرة - أحمد النجار</div>", ["أحمد النجار"]),
        ("", "", []),
    ],
)  # fmt: skip
def test_authors_are_persons(head, before, authors):
    body = (
        f'<div itemscope itemtype="https://schema.org/NewsArticle">{before}</div>' if "itemprop" in before else before
    )
    record = told(html(head, body))
    assert list(record.metadata.authors) == authors
    assert text_of(record) == list(BODY)


@pytest.mark.parametrize(
    ("head", "before", "after", "published"),
    [
        ("", "<div>نشر في 24 أغسطس 2020</div>", "", "2020-08-24"),
        ("", "<div>الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21</div>", "", "2013-08-04"),
        ("", "<p>تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً</p>", "", "2020-04-24"),
        ("", "", "<footer>© 2009-2024</footer>", None),
        ("", "", "<footer>جميع الحقوق محفوظة 2024</footer>", None),
        ("", "<div>2020</div>", "", None),
        ("", "<div>أغسطس 2020</div>", "", None),
        ('<meta property="article:published_time" content="2020-08-24T22:10:00+03:00">', "", "", "2020-08-24"),
        ('<meta property="article:modified_time" content="2020-08-24T22:10:00+03:00">', "", "", None),
        ('<meta property="article:published_time" content="2020-08">', "", "", None),
        ('<meta property="article:published_time" content="1970-01-01">', "", "", None),
        ('<meta name="pubdate" content="Mon, 24 Aug 2020 10:00:00 GMT">', "", "", "2020-08-24"),
        (linked('{"@type": "NewsArticle", "datePublished": "2020-08-24"}'), "", "", "2020-08-24"),
        (
            linked('{"@type": "NewsArticle", "datePublished": "2020-08-24"}')
            + '<meta property="article:published_time" content="2021-01-01">',
            "<div>نشر في 25 أغسطس 2020</div>",
            "",
            "2020-08-24",
        ),
        ("", '<time datetime="2020-08-24T10:00">قبل أيام</time>', "", "2020-08-24"),
        ("", '<time datetime="2020-08-24">أمس</time><time datetime="2020-08-20">قبل</time>', "", None),
        ('<link rel="canonical" href="https://marfa.example/2020/08/24/bridge">', "", "", "2020-08-24"),
        ('<link rel="canonical" href="https://marfa.example/2020/08/bridge">', "", "", None),
    ],
)
def test_the_day_is_stated_or_shown_and_never_guessed(head, before, after, published):
    record = told(html(head, before, after=after))
    assert record.metadata.published == published
    assert text_of(record)[-3:] == list(BODY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("اقرأ أيضا: البلدية تشتري مضخات جديدة للقرى", "navigation"),
        ("الآراء الواردة أدناه لا تعبر عن رأي الموقع.", "other"),
        ("--(بترا)", "other"),
        ("تابعونا على فيسبوك", "navigation"),
        ("جميع الحقوق محفوظة لصحيفة المرفأ 2024", "other"),
        ("كلمات دلالية: الجسر، النهر", "navigation"),
        ("0 تعليق", "other"),
    ],
)
def test_what_the_site_adds_to_the_article_is_no_body(line, kind):
    record = told(html(article=f"{PARAGRAPHS}<p>{line}</p>"))
    assert text_of(record) == list(BODY)
    assert (kind, line) in furniture(record) or not any(line in text for _, text in furniture(record))
    assert record.metadata.agency == ("بترا" if "بترا" in line else None)


def test_related_articles_and_share_buttons_are_left_out():
    related = (
        '<div class="related"><h3>مواضيع ذات صلة</h3><ul>'
        '<li><a href="/1">البلدية تشتري مضخات جديدة للقرى المجاورة</a></li>'
        '<li><a href="/2">انقطاع المياه عن ثلاثة أحياء في البلدة القديمة</a></li></ul></div>'
        '<div class="share"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>'
    )
    first, *rest = (f"<p>{text}</p>" for text in BODY)
    assert text_of(told(html(article=first + related + "".join(rest), after=related))) == list(BODY)


LEAD = "أعلنت البلدية صباح اليوم أن الجسر الذي طال انتظاره سيفتح أمام السيارات قبل نهاية الشهر الجاري."


@pytest.mark.parametrize(
    "article",
    [
        f'<p class="lead">{LEAD}</p><div itemprop="articleBody">{PARAGRAPHS}</div>',
        f'<div class="intro">{LEAD}</div><div itemprop="articleBody">{PARAGRAPHS}</div>',
        f'<h2>{LEAD}</h2><div itemprop="articleBody">{PARAGRAPHS}</div>',
        f'<strong>{LEAD}</strong><div itemprop="articleBody">{PARAGRAPHS}</div>',
        f"<div><p>{LEAD}</p>{PARAGRAPHS}</div>",
        f"<div>{LEAD}<br><br>{'<br>'.join(BODY)}</div>",
        f'<div>{LEAD}<br/>{"<br/><br/>".join(BODY)}</div><div class="tags">#الجسر</div>',
        f"<div>{LEAD}</div>" + "".join(f"<div>{text}</div>" for text in BODY),
        f"<p>{LEAD}</p><p>{BODY[0]}</p><ul><li>{BODY[1]}</li></ul><div><span>{BODY[2]}</span></div>",
    ],
)
def test_no_sentence_of_the_article_is_lost(article):
    page = html(article=article).replace("<article>", '<article itemscope itemtype="https://schema.org/NewsArticle">')
    assert text_of(told(page)) == [LEAD, *BODY]


def test_a_caption_is_no_body():
    caption = "جانب من أعمال الجسر الجديد في وادي النحل أمس (أ ف ب)"
    figure = f'<figure><img src="a.jpg"><figcaption>{caption}</figcaption></figure>'
    assert text_of(told(html(before=figure))) == list(BODY)


def test_an_amp_page_with_entities_is_read():
    page = html(
        article=PARAGRAPHS.replace('"', "&quot;").replace("النجار", "&#1575;لنجار").replace(" إن ", "&nbsp;إن ")
    )
    assert text_of(told(page.replace('<html lang="ar">', '<html ⚡ lang="ar">'))) == list(BODY)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("windows-1256", "windows-1256"),
        ("windows-1256", "cp1256"),
        ("windows-1256", "iso-8859-1"),
        ("windows-1256", "utf-8"),
        ("windows-1256", ""),
        ("iso-8859-6", "iso-8859-6"),
        ("utf-16", ""),
        ("utf-8-sig", "windows-1256"),
        ("utf-8", "no-such-thing"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(encoding, declared):
    page = html(f'<meta charset="{declared}">' if declared else "").encode(encoding)
    record = told(page)
    assert (text_of(record, "headline"), text_of(record)) == ([HEADLINE], list(BODY))


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><body><nav><a href='/'>الرئيسية</a></nav></body></html>", "\x00"]
)
def test_a_page_without_an_article_is_an_error(page):
    with pytest.raises(TasrihError, match=r"^page\.html: "):
        told(page)


HOSTILE = {
    "JSON-LD as deep as it gets": linked("[" * 9999 + "]" * 9999) + linked('{"a":' * 900 + "1" + "}" * 900),
    "JSON-LD of odd types": linked(
        '{"@type": ["NewsArticle", 7], "headline": 7, "author": [[{}], null, 3], "publisher": 5}'
    )
    + linked('{"@type": "NewsArticle", "@id": {}, "mainEntityOfPage": [], "author": {"@id": "#a"}}'),
    "a reference to itself": linked('{"@id": "#a", "@type": "NewsArticle", "author": {"@id": "#a"}}'),
    "an address that is none": '<link rel="canonical" href="javascript:a() x"><meta property="og:url" content="//x y">',
    "a title of very many parts": f"<title>{'a - b | ' * 9999}</title>",
    "metadata of white space": '<meta property="og:title" content=" "><meta name="author" content=" "><meta name="x">',
}


@pytest.mark.parametrize("head", HOSTILE.values(), ids=HOSTILE)
def test_odd_metadata_does_no_harm(head):
    assert text_of(told(html(head))) == list(BODY)


def test_a_tag_of_very_many_attributes_is_refused():
    attributes = " ".join(f'a{number}=">"' for number in range(100_000))
    with pytest.raises(TasrihError, match="attributes"):
        told(html(before=f"<p {attributes}>x</p>"))
    assert text_of(told(html(before=f'<img src="data:image/png;base64,{"A/b=" * 99_999}">'))) == list(BODY)


def test_the_command_says_what_was_doubtful(tmp_path):
    (tmp_path / "a.html").write_text(
        html(
            linked("{broken")
            + linked('{"@type": "NewsArticle", "headline": "مفاجأة الجسر", "datePublished": "2020-08-24"}'),
            "<div>24 أغسطس 2021</div>",
        ),
        encoding="utf-8",
    )
    code = "from tasrih.cli import main; main(prog_name='tasrih')"
    done = subprocess.run(
        [sys.executable, "-c", code, "draft", "a.html"], cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
    )
    doubts = done.stderr.splitlines()
    assert len(doubts) == 3
    assert any("JSON-LD block 1 is broken" in line for line in doubts)
    assert any("مفاجأة الجسر" in line for line in doubts)
    assert any("2020-08-24 is stated, 2021-08-24 is shown" in line for line in doubts)
