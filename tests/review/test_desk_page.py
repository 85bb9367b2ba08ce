"""The page of the desk in a real browser: a draft is decided on it to the end, and nothing of a draft runs on it."""

import json
import shutil
from urllib.parse import unquote

import pytest
from browser import DESK, PHONE, hindrances, watched
from conftest import invoke, read_json

from review.desks import NAME, log_in, place, served

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202eنص</p>"
IS_BELOW_THE_HEADER = """() => {
    const top = (name) => document.querySelector(name).getBoundingClientRect();
    return top("#panel-head").top >= top("#top").bottom;
}"""


@pytest.fixture
def folder(tmp_path):
    return place(tmp_path)


@pytest.fixture
def desk(folder, browser):
    """The page of a desk on the draft, opened by its reader, and the desk."""
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        opened(page, reader)
        page.desk = reader
        yield page


def opened(page, reader):
    page.goto(reader.url)
    page.locator("#articles button:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("#panel-head").wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def told(page, text):
    """Waits until the page says something of what became of a change."""
    page.locator("#state", has_text=text).wait_for()


def at_item(page, item):
    """Goes to an item by key."""
    for _ in range(60):
        if unquote(page.evaluate("location.hash")).endswith(f"/{item}"):
            return
        page.keyboard.press("n")
        page.evaluate("new Promise(done => requestAnimationFrame(done))")
    pytest.fail(f"the keys do not lead to {item}")


def decided(page):
    return int(page.locator("#count").text_content().split()[0])


def test_a_draft_becomes_a_record_without_a_mouse_though_the_desk_is_killed(folder, browser):
    drafts, corpus = folder / "drafts", folder / "corpus"
    later = read_json(drafts / f"{NAME}.json") | {"id": "later"}
    (drafts / "later.json").write_text(json.dumps(later, ensure_ascii=False), encoding="utf-8")
    with watched(browser) as page:
        with served(drafts, corpus) as reader:
            opened(page, reader)
            at_item(page, "e2")
            press(page, "w")
            page.keyboard.type("harbours are no body")
            press(page, "Enter", "x")
            told(page, "Reject entity e2")
            press(page, "u")
            told(page, "taken back")
            at_item(page, "e2")
            press(page, "x")
            told(page, "Reject entity e2")
            port = int(reader.url.split(":")[2].split("/")[0])
        press(page, "a", "a")
        page.get_by_text("Your 2 changes are kept here").wait_for()
        with served(drafts, corpus, port=port):
            page.locator("#alert:empty").wait_for(state="attached")
            page.locator("#desk[aria-busy=false]").wait_for()
            press(page, *["a"] * 20)
            page.locator("#panel-head", has_text="All is decided").wait_for()
            page.evaluate("scrollTo(0, 99)")
            page.wait_for_function(IS_BELOW_THE_HEADER)
            press(page, "Control+Enter")
            told(page, "Confirmed")
            page.locator("#file", has_text="later.json").wait_for()  # the next one is there by itself
        lost = [trouble for trouble in page.troubles if "CONNECTION_REFUSED" in trouble or "failed" in trouble]
        assert lost == page.troubles
        page.troubles.clear()
    assert len(read_json(corpus / "articles/news" / f"{NAME}.json")["entities"]) == 3
    assert invoke("validate", corpus, "--strict").exit_code == 0
    entries = log_in(drafts)
    assert [entry["change"]["op"] for entry in entries[:3]] == ["remove", "undo", "remove"]
    assert [entry.get("why") for entry in entries[:2]] == ["harbours are no body", ""]
    accepted = [name for entry in entries for name in entry["items"] if entry["change"]["op"] == "accept"]
    assert len(set(accepted)) == len(accepted)
    assert [entry["change"]["op"] for entry in entries[-2:]] == ["renumber", "confirm"]


def test_what_a_draft_holds_is_shown_and_does_not_run(folder, browser):
    file = folder / "drafts" / f"{NAME}.json"
    record = read_json(file)
    record["paragraphs"].append({"id": "p4", "role": "body", "text": HOSTILE})
    record["paragraphs"][0]["text"] += HOSTILE
    record["entities"][0]["name"] = HOSTILE
    mention = {"paragraph": "p4", "start": 0, "end": len(HOSTILE), "text": HOSTILE, "form": "named"}
    record["entities"][0]["mentions"].append(mention)
    record["waivers"] = [{"rule": "Q101", "at": "/paragraphs/3", "reason": f"A reader must decide {HOSTILE}"}]
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    file.rename(file.with_name("<img src=x onerror=alert(3)>\u202e.json"))
    (folder / "drafts" / "<img src=x onerror=alert(4)>.json").write_text("<script>alert(5)</script>", encoding="utf-8")
    seen = HOSTILE.replace("\u202e", "\ufffd")
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        page.goto(reader.url)
        page.get_by_text("<img src=x onerror=alert(4)>.json", exact=True).wait_for()
        page.locator("#articles button").click()
        page.locator("#only-open").uncheck()
        page.locator(f'[data-item="e1@p4.0.{len(HOSTILE)}"]').wait_for()
        assert seen in page.locator("#text").inner_text()
        press(page, "l")
        page.locator("dialog .close").click()
        at_item(page, "w0")
        assert seen in page.locator("#panel").inner_text()
        at_item(page, "q3")
        press(page, "v")
        assert seen in page.locator("#choices").inner_text()
        assert "\u202e" not in page.locator("body").inner_text()
        assert page.locator("img, script:not([type=module])").count() == 0


def test_the_mouse_chooses_exactly_these_letters(folder, browser):
    words = "🚢𝔸 قالَتِ الوزيرةُ 🙂 إنّ والرصيفُ جاهزٌ"
    file = folder / "drafts" / f"{NAME}.json"
    record = read_json(file)
    record["paragraphs"].append({"id": "p4", "role": "body", "text": words})
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    start, end = words.index("الرصيف"), words.index(" جاهز")  # it begins inside a word, and ends behind a sign
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        opened(page, reader)
        page.locator('.line[data-paragraph="p4"]').scroll_into_view_if_needed()
        edges = page.evaluate(EDGES, [len(words[:place].encode("utf-16-le")) // 2 for place in (start, end)])
        page.mouse.move(*edges[0])
        page.mouse.down()
        page.mouse.move(*edges[1], steps=4)
        page.mouse.up()
        page.wait_for_function(CHOSEN, arg="الرصيفُ")
        press(page, "t")
        page.get_by_role("option", name="scare").click()
        told(page, "New term")
        (term,) = reader.read().record["terms"]
        press(page, "Escape")
        page.mouse.click(*page.evaluate(MIDDLE, ["p4", "الوزيرةُ"]), click_count=3)  # which selects to behind the text
        page.wait_for_function(CHOSEN, arg=words)
        press(page, "t")
        page.get_by_role("option", name="other").click()
        told(page, "New term")
        assert [one["span"]["text"] for one in reader.read().record["terms"]] == [words, "الرصيفُ"]
        page.evaluate(OVER, ["p2", "p3"])
        press(page, "q", "Enter")
        told(page, "New quote")
        page.mouse.click(*page.evaluate(MIDDLE, ["p2", "سلمى"]))
        page.locator("#panel-head", has_text="mention of e1").wait_for()
        page.mouse.click(*page.evaluate(MIDDLE, ["p2", "سلمى"]))
        page.locator("#panel-head", has_text="speaker of q").wait_for()
        spans = [span["text"] for quote in reader.read().record["quotes"] for span in quote["spans"]]
    assert (term["kind"], term["span"]["start"], term["span"]["end"]) == ("scare", start, end)
    assert term["span"]["text"] == "الرصيفُ"
    assert "الصيف المقبل»." in spans
    assert "وأضافت" in spans


EDGES = """(units) => {
  const node = document.querySelector('.line[data-paragraph="p4"]').firstChild;
  const box = (from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect();
  };
  const word = box(units[0], units[1]);
  return [[word.right - 0.5, word.top + word.height / 2], [word.left + 0.5, word.top + word.height / 2]];
}"""
# The right and the left edge of some letters of the last paragraph.
CHOSEN = "words => [...CSS.highlights.get('chosen')].join('') === words"  # selecting is told to the page a little later
MIDDLE = """([paragraph, word]) => {
  const node = document.querySelector(`.line[data-paragraph="${paragraph}"]`).firstChild;
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(word));
  range.setEnd(node, node.data.indexOf(word) + word.length);
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  const box = range.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
OVER = """([from, to]) => {
  const node = id => document.querySelector(`.line[data-paragraph="${id}"]`).firstChild;
  const [start, end] = [node(from).data.indexOf("الصيف"), node(to).data.indexOf(" أن") + 1];
  const once = { once: true };
  const chosen = new Promise(done => document.addEventListener("selectionchange", () => setTimeout(done), once));
  getSelection().setBaseAndExtent(node(from), start, node(to), end);
  return chosen;
}"""
# Chooses words from one paragraph into the next, and white space behind them.


def test_words_are_chosen_and_a_span_is_set_by_keys(desk):
    at_item(desk, "q3.cue")
    press(desk, "z", "Control+Alt+Shift+ArrowRight", "s")
    told(desk, "Span of cue of q3")
    cue = desk.desk.read().record["quotes"][2]["cue"]
    assert (cue["start"], cue["text"]) == (0, "وأضافت")
    press(desk, "3")
    told(desk, "Cue of q3 is noun")
    at_item(desk, "q2")
    press(desk, "z", "Shift+ArrowRight", "Shift+ArrowRight", "Control+Shift+ArrowLeft", "s")
    told(desk, "Span of quote q2")
    assert desk.desk.read().record["quotes"][1]["spans"][0]["text"] == "الرصيف الجديد في"
    desk.reload()
    desk.locator("#panel-head", has_text="quote q2").wait_for()
    desk.evaluate("location.hash = location.hash.replace('/q2', '/q1')")
    desk.locator("#panel-head", has_text="quote q1").wait_for()
    press(desk, "o")
    desk.locator("#articles button:focus").wait_for()
    assert "#" not in desk.url
    desk.go_back()
    desk.locator("#panel-head", has_text="quote q1").wait_for()
    desk.evaluate("location.hash = 'gone/%'")
    desk.locator("#articles button:focus").wait_for()
    assert "#" not in desk.url
    desk.troubles.clear()


def test_what_was_overlooked_is_added_by_keys(desk):
    desk.locator("#text").focus()
    press(desk, "Control+ArrowDown", "Control+ArrowDown", "Control+ArrowDown", "Home", *["ArrowLeft"] * 2)
    assert desk.locator("#spoken").text_content() == "العمال"
    press(desk, "e")
    press(desk, "Tab")
    desk.keyboard.type("NORP")
    press(desk, "Enter")
    told(desk, "New entity")
    press(desk, "q", "ArrowDown")
    press(desk, "Escape")
    at_item(desk, "q3")
    press(desk, "v")
    desk.keyboard.type("العُمال")
    press(desk, "Enter")
    told(desk, "Speaker of q3")
    record = desk.desk.read().record
    entity = record["entities"][-1]
    assert (entity["type"], entity["name"], entity["mentions"][0]["text"]) == ("NORP", "العمال", "العمال")
    assert record["quotes"][2]["speaker"]["entity"] == entity["id"]


def typed(page, text):
    """Types into a dialog, and ends it: what is chosen there is found by a part of it."""
    page.keyboard.type(text)
    press(page, "Enter")


def test_all_that_belongs_to_a_quote_is_changed_by_keys(desk):
    at_item(desk, "q3")
    press(desk, "r")
    typed(desk, "resumes q2")
    told(desk, "Continues of q3")
    press(desk, "z", "Home", "Shift+ArrowLeft", "+")
    told(desk, "Span of quote q3")
    assert len(desk.desk.read().record["quotes"][2]["spans"]) == 2
    press(desk, "-")
    told(desk, "Span of quote q3. 16 open.")
    desk.locator("#panel button", has_text="take piece away").wait_for(state="detached")
    press(desk, "j", "j", "h")
    typed(desk, "المرافئ ORG")
    told(desk, "Speaker of q3")
    press(desk, "3")
    desk.locator(".sort.pronoun[aria-pressed=true]").wait_for()
    press(desk, "j", "d")
    typed(desk, "سلمى")
    told(desk, "Addressee of q3")
    quote = desk.desk.read().record["quotes"][2]
    assert quote["continues"] == "q2"
    assert [span["start"] for span in quote["spans"]] == [10]
    assert (quote["speaker"]["form"], quote["speaker"]["others"]) == ("pronoun", ["e2"])
    assert quote["addressee"] == {"entity": "e1", "form": "elided", "span": None}


def test_entities_paragraphs_and_findings_are_decided_by_keys(desk):
    at_item(desk, "e2")
    press(desk, "i")
    typed(desk, "سلمى")
    told(desk, "E2 is e1")
    press(desk, "f", "Shift+Tab", "Space", "Escape")
    at_item(desk, "e1")
    press(desk, "k", "Control+a")
    typed(desk, "سلمى")
    told(desk, "Entity e1")
    press(desk, "b")
    typed(desk, "subheading")
    told(desk, "Role of p")
    record = desk.desk.read().record
    assert [entity["name"] for entity in record["entities"] if entity["id"] in ("e1", "e2")] == ["سلمى"]
    assert "subheading" in [paragraph["role"] for paragraph in record["paragraphs"]]
    desk.locator(".notes li").first.wait_for()
    press(desk, ".")
    desk.locator("#panel .findings li").first.wait_for()
    press(desk, "y")
    typed(desk, "so it stands there")
    told(desk, "Waive")
    assert desk.desk.read().record["waivers"][0]["reason"] == "so it stands there"
    press(desk, "l")
    desk.locator(".log li", has_text="set_role").get_by_role("button", name="take back").click()
    told(desk, "taken back")
    assert [paragraph["role"] for paragraph in desk.desk.read().record["paragraphs"]][1:] == ["body", "body"]


def test_a_question_of_the_draft_is_answered(folder, browser):
    file = folder / "drafts" / f"{NAME}.json"
    record = read_json(file)
    record["waivers"] = [{"rule": "Q101", "at": "/paragraphs/2", "reason": "A reader must decide what this mark is."}]
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        opened(page, reader)
        page.locator("#panel-head", has_text="question Q101").wait_for()
        press(page, "a")
        page.keyboard.type("an inch")
        press(page, "Enter")
        told(page, "Waive Q101")
        assert reader.read().record["waivers"][0]["reason"] == "an inch"
        assert "question" not in page.locator("#panel-head").inner_text()


def test_a_rule_is_told_where_it_is_broken_and_a_refusal_leaves_all_as_it_was(desk):
    at_item(desk, "q3")
    press(desk, "1")
    desk.locator(".notes .error", has_text="Q102").wait_for()
    assert "Q102" in desk.locator("#panel .findings").inner_text()
    before = desk.desk.read().record
    at_item(desk, "e1")
    press(desk, "x")
    told(desk, "Not done")
    assert "is speaker of" in desk.locator("#state").inner_text()
    assert "entity e1" in desk.locator("#panel-head").inner_text()
    assert desk.desk.read().record == before
    desk.troubles.clear()


def below(page, one, other):
    """Waits until one begins where the other ends, or below it: nothing of it is hidden on a page that is scrolled."""
    page.evaluate("scrollTo(0, 200)")
    page.wait_for_function(
        "([one, other]) => document.querySelector(one).getBoundingClientRect().top"
        " >= document.querySelector(other).getBoundingClientRect().bottom",
        arg=[one, other],
    )


def test_of_two_windows_the_later_one_loses_nothing(desk):
    other = desk.context.new_page()
    opened(other, desk.desk)
    at_item(desk, "e4")
    at_item(other, "e3")
    press(desk, "x")
    told(desk, "Reject entity e4")
    press(other, "w")
    other.keyboard.type("so it stands there")
    press(other, "Enter", "x")
    other.get_by_text("Not made, as the file was changed meanwhile").wait_for()
    below(other, "#panel-head", "#alert")
    assert desk.desk.read().article["decisions"] == 1
    other.get_by_role("button", name="Make it now").click()
    other.locator("#alert:empty").wait_for(state="attached")
    other.locator("#desk[aria-busy=false]").wait_for()
    entries = desk.desk.get("log", key=desk.desk.articles()[0]["key"]).json()["entries"]
    assert [entry["change"]["op"] for entry in entries] == ["remove", "remove"]
    assert entries[1]["why"] == "so it stands there"
    assert "e3" in entries[1]["items"]


def test_a_change_whose_answer_was_lost_is_made_once(desk):
    def lose(route):
        route.fetch()
        route.abort()

    desk.route("**/api/change", lose, times=1)
    at_item(desk, "e4")
    press(desk, "x", "a")
    told(desk, "open.")
    desk.locator("#desk[aria-busy=false]").wait_for()
    entries = desk.desk.get("log", key=desk.desk.articles()[0]["key"]).json()["entries"]
    assert [entry["change"]["op"] for entry in entries] == ["remove", "accept"]
    assert desk.locator("#alert").inner_text() == ""
    desk.troubles.clear()


def test_what_is_typed_while_an_answer_comes_is_not_lost(desk):
    held = []
    desk.route("**/api/change", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a builtin is no handler
    at_item(desk, "q3")
    press(desk, "a", "w")
    desk.keyboard.type("it is ")
    while not held:
        desk.evaluate("new Promise(done => requestAnimationFrame(done))")
    held[0].continue_()
    told(desk, "Accept quote q3")
    desk.keyboard.type("no axe")
    press(desk, "Enter")
    at_item(desk, "e4")
    press(desk, "x")
    told(desk, "Reject entity e4")
    entries = desk.desk.get("log", key=desk.desk.articles()[0]["key"]).json()["entries"]
    assert [entry["why"] for entry in entries] == ["", "it is no axe"]


def test_a_double_click_decides_one_item(desk):
    desk.get_by_role("button", name="accept").dblclick()
    told(desk, "16 open")
    desk.locator("#desk[aria-busy=false]").wait_for()
    assert desk.desk.read().article["decisions"] == 1


def test_keys_are_those_printed_on_them_when_the_keyboard_is_arabic(desk):
    at_item(desk, "q3")
    event = {"key": "ش", "code": "KeyA", "bubbles": True, "cancelable": True}
    desk.locator("#text").dispatch_event("keydown", event)
    told(desk, "Accept quote q3")
    desk.locator("#text").dispatch_event("keydown", {"key": "ز", "code": "Period", "bubbles": True})
    told(desk, "No rule finds anything")
    event = {"key": "؟", "code": "Slash", "shiftKey": True, "bubbles": True}
    desk.evaluate("event => document.body.dispatchEvent(new KeyboardEvent('keydown', event))", event)
    desk.get_by_role("dialog", name="Keys").wait_for()
    desk.get_by_role("checkbox", name="single letters").uncheck()
    press(desk, "Escape", "a")
    desk.get_by_role("button", name="accept").click()
    desk.locator("#desk[aria-busy=false]").wait_for()
    assert desk.desk.read().article["decisions"] == 2


def test_two_readings_are_decided_side_by_side(folder, browser):
    drafts, second = folder / "drafts", folder / "second"
    shutil.copytree(drafts, second)
    theirs = read_json(second / f"{NAME}.json")
    theirs["quotes"][2]["type"] = "unmarked"
    theirs["quotes"][0]["spans"][0] |= {"start": 22, "text": theirs["quotes"][0]["spans"][0]["text"][7:]}
    (second / f"{NAME}.json").write_text(json.dumps(theirs, ensure_ascii=False), encoding="utf-8")
    with served(drafts, folder / "corpus", second=second) as reader, watched(browser) as page:
        opened(page, reader)
        page.locator("#panel-head", has_text="difference").wait_for()
        page.locator("#guide .meant").wait_for()
        assert page.evaluate("['ours', 'theirs'].map(name => CSS.highlights.get(name).size)") == [1, 1]
        while "span" not in page.locator("#panel-head").inner_text():
            press(page, "n")
            page.evaluate("new Promise(done => requestAnimationFrame(done))")
        press(page, "2")
        told(page, "Theirs is taken")
        press(page, "1")
        told(page, "Ours stays")
        record = reader.read().record
        (second / f"{NAME}.json").rename(second / "other.json")
        page.reload()
        told(page, "no second reading")
    assert record["quotes"][0]["spans"][0]["start"] == 22
    assert record["quotes"][2]["type"] == "indirect"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_the_page_hinders_nobody(folder, browser, size, scheme):
    drafts = folder / "drafts"
    (drafts / "broken.json").write_text("{", encoding="utf-8")
    with served(drafts, folder / "corpus") as reader, watched(browser, viewport=size, color_scheme=scheme) as page:
        page.goto(reader.url)
        page.locator("#articles .error").wait_for()
        assert hindrances(page) == []
        page.locator("#articles button").click()
        at_item(page, "q3")
        press(page, "1", "g")
        page.locator("#panel .findings").wait_for()
        page.locator("#guide h3").wait_for()
        assert hindrances(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        press(page, "v")
        page.get_by_role("listbox").wait_for()
        assert hindrances(page) == []


def test_another_site_cannot_show_or_ask_the_desk(folder, browser):
    with served(folder / "drafts", folder / "corpus") as reader:
        context = browser.new_context()
        try:
            page = context.new_page()
            page.route("http://localhost:9/**", lambda route: route.fulfill(body="<p>x</p>", content_type="text/html"))
            page.goto("http://localhost:9/")
            ask = "address => fetch(address, {mode: 'no-cors'}).then(() => 'told', () => 'refused')"
            read = "address => fetch(address).then(answer => answer.text(), () => 'refused')"
            assert page.evaluate(ask, f"{reader.url}api/articles") in ("told", "refused")
            assert page.evaluate(read, f"{reader.url}api/articles") == "refused"
            key = reader.articles()[0]["key"]
            version = reader.read().article["version"]
            body = json.dumps({"key": key, "version": version, "change": {"op": "remove", "item": "e4"}})
            post = "([address, body]) => fetch(address, {method: 'POST', mode: 'no-cors', body}).catch(() => 0)"
            page.evaluate(post, [f"{reader.url}api/change", body])
        finally:
            context.close()
        assert len(reader.read().record["entities"]) == 4
    assert not (folder / "drafts" / f"{NAME}.decisions.jsonl").exists()
