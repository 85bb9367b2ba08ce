"""The page of the desk in a real browser: a draft is decided on it to the end, and nothing of a draft runs on it."""

import json

import pytest
from browser import watched
from conftest import invoke, read_json

from review.desks import NAME, log_in, place, served

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202eنص</p>"


@pytest.fixture
def folder(tmp_path):
    return place(tmp_path)


def test_a_draft_is_decided_to_the_end_on_the_page(folder, browser):
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        page.goto(reader.url)
        page.get_by_role("button", name=NAME).click()
        page.locator('[data-item="e2"]').get_by_role("button", name="Reject").click()
        page.locator('[data-item="e2"]').wait_for(state="detached")
        page.get_by_role("button", name="Undo").click()
        page.locator('[data-item="e2"]').wait_for()
        page.locator('[data-item="e4"]').get_by_role("button", name="Reject").click()
        page.locator('[data-item="e4"]').wait_for(state="detached")
        for item in ("q1", "q2", "q3", "e1", "e2", "e3"):
            page.locator(f'[data-item="{item}"]').get_by_role("button", name="Accept").click()
            page.locator(f'[data-item="{item}"].decided').wait_for()
        page.reload()
        page.get_by_role("button", name=f"{NAME}.json: 0 of").click()
        page.get_by_role("button", name="Confirm").click()
        page.get_by_text("Confirmed:").wait_for()
    assert len(read_json(folder / "corpus/articles/news" / f"{NAME}.json")["entities"]) == 3
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0
    ops = [entry["change"]["op"] for entry in log_in(folder / "drafts")]
    assert ops == ["remove", "undo", "remove", *["accept"] * 6, "confirm"]


def test_what_a_draft_holds_is_shown_and_does_not_run(folder, browser):
    file = folder / "drafts" / f"{NAME}.json"
    record = read_json(file)
    record["paragraphs"].append({"id": "p4", "role": "body", "text": HOSTILE})
    record["entities"][0]["name"] = HOSTILE
    mention = {"paragraph": "p4", "start": 0, "end": len(HOSTILE), "text": HOSTILE, "form": "named"}
    record["entities"][0]["mentions"].append(mention)
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    file.rename(file.with_name("<img src=x onerror=alert(3)>\u202e.json"))
    with served(folder / "drafts", folder / "corpus") as reader, watched(browser) as page:
        page.goto(reader.url)
        page.locator("#articles button").click()
        page.locator(f'[data-item="e1@p4.0.{len(HOSTILE)}"]').wait_for()
        assert HOSTILE in page.locator("#text").inner_text()
        assert page.locator("img, script:not([type=module])").count() == 0


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
