"""Pages by the keyboard alone: Tab follows the order of the page, what has the focus is seen, Enter and Escape work."""

import pytest
from browser import PHONE, watched
from conftest import SEED

REACHED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const every = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
  const within = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  return { number: every.indexOf(one), seen: within && outlined, words: one.innerText };
}"""


def tabbed(page, times):
    """What Tab reaches, one after the other; what a page of few stops leaves is no part of it."""
    found = []
    for _ in range(times):
        page.keyboard.press("Tab")
        reached = page.evaluate(REACHED)
        if reached["number"] < 0:
            break
        found.append(reached)
    return found


def until(page, selector, most=40):
    """Presses Tab until an element has the focus that a selector finds."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached within {most} stops")


@pytest.mark.parametrize(
    ("path", "viewport"),
    [
        (f"articles/{SEED}.html", PHONE),
        ("index.html", None),
        ("speakers.html", None),
        ("search.html#q=type%3Ddirect", None),
        ("readings/2020-12-20-poet-last-window.html", None),
        ("phenomena/elided-chain.html", PHONE),
        ("guidelines.html", None),
    ],
)
def test_tab_goes_on_in_the_order_of_the_page_and_the_focus_is_seen(browser, explored, path, viewport):
    with watched(browser, **({"viewport": viewport} if viewport else {})) as page:
        name, _, anchor = path.partition("#")
        page.goto((explored / name).as_uri() + (f"#{anchor}" if anchor else ""))
        if anchor:
            page.wait_for_function("() => document.body.dataset.answered === 'type=direct'")
        reached = tabbed(page, 22)
        assert len(reached) > 8
        numbers = [one["number"] for one in reached]
        assert numbers == sorted(set(numbers))
        assert [one for one in reached if not one["seen"]] == []


def test_an_article_is_read_by_the_keyboard(page, explored):
    page.goto((explored / f"articles/{SEED}.html").as_uri())
    until(page, ".skip", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    until(page, "#layer-cue")
    page.keyboard.press("Space")
    assert not page.locator("#layer-cue").is_checked()
    until(page, ".margin li#q3 a")
    assert "q3 direct" in page.locator(".told").inner_text()
    page.evaluate("() => void (window.followed = new Promise((done) => addEventListener('hashchange', done)))")
    page.keyboard.press("Enter")
    page.evaluate("() => window.followed.then(() => true)")
    assert page.url.endswith("#q3")
    assert page.locator(".words .lit").count() > 0
    page.keyboard.press("Escape")
    assert page.locator(".words .lit").count() == 0


def test_a_speaker_is_found_and_opened_by_the_keyboard(page, explored):
    page.goto((explored / "speakers.html").as_uri())
    until(page, "[data-filter]")
    page.keyboard.type("لافروف")
    until(page, "tbody a", most=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/speakers/sergey-lavrov.html")
    until(page, ".quotes a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#q*")
    assert page.locator(".words .lit").count() > 0


def test_a_query_is_typed_narrowed_and_followed_by_the_keyboard(page, explored):
    page.goto((explored / "search.html").as_uri())
    until(page, "#query")
    page.keyboard.type("cue=قال")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.body.dataset.answered === 'cue=قال'")
    until(page, "#facet-type button")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.body.dataset.answered.startsWith('cue=قال type=')")
    until(page, "#quotes a", most=80)
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#q*")
