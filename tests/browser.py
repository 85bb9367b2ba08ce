"""A page in a real browser, and what has happened in it: what it asked for, what it complained of, what it ran."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

PROGRAM = "/usr/bin/chromium"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
_MINOR = ("minor",)
_REPEATED = ", ".join(
    [
        *(f"{one}:nth-child(n+9)" for one in ("tbody tr", "main ul > li", "main ol > li")),
        "main > .wide:nth-of-type(n+6)",
        ".prose > p:nth-of-type(n+20)",
    ]
)


@contextmanager
def started():
    """Chromium, for a whole process of tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched(browser, **options) -> Iterator:
    """A page; in the end it must have asked nobody beyond this machine, opened no dialog, and failed in nothing.

    `page.requested` has the addresses that it asked for. `options` are those of a context: `viewport`, `color_scheme`,
    `java_script_enabled` …
    """
    with opened(browser, **options) as page, quiet(page):
        yield page


@contextmanager
def opened(browser, **options) -> Iterator:
    """A page that notes what it asks for and what goes wrong, for `quiet` to look at."""
    context = browser.new_context(**{"viewport": DESK} | options)
    page = context.new_page()
    page.requested, page.troubles = [], []
    context.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: message.type == "error" and page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("requestfailed", lambda request: page.troubles.append(f"{request.url} failed"))
    page.on("dialog", lambda dialog: (page.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    try:
        yield page
    finally:
        context.close()


@contextmanager
def quiet(page) -> Iterator:
    """A use of a page, of which the same is asked as of one that is `watched`."""
    page.requested.clear()
    page.troubles.clear()
    yield
    assert [address for address in page.requested if not is_here(address)] == []
    assert page.troubles == [], page.troubles


def is_here(address):
    """Whether an address is on this machine."""
    parts = urlsplit(address)
    return parts.scheme in ("file", "data", "blob", "about") or parts.hostname in ("127.0.0.1", "localhost", "::1")


def hindrances(page):
    """What axe-core finds on a page that hinders somebody: rules, and the elements that break them.

    Of what is repeated some are looked at, and the others taken off the page, since it takes a second for each hundred.
    """
    page.evaluate("(many) => document.querySelectorAll(many).forEach((one) => one.remove())", _REPEATED)
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found if rule["impact"] not in _MINOR
    ]
