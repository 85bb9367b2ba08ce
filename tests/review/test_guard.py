"""The desk answers its own page, and nobody else who may be in the same browser or on the same machine."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from review.desks import TOKEN, place, served
from tasrih.review.api import application
from tasrih.review.desk import desk


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with served(place(tmp_path_factory.mktemp("guarded")) / "drafts") as asking:
        yield asking


@pytest.fixture(scope="module")
def asked(reader):
    """What the desk says to a request with some headers."""
    root = reader.url.removesuffix(f"{TOKEN}/")

    def ask(path, method="GET", content=None, **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with httpx.Client(trust_env=False) as client:
            return client.request(method, root + path, headers=given, content=content)

    return ask


READS = [f"{TOKEN}/", f"{TOKEN}/page/desk.js", f"{TOKEN}/api/articles", f"{TOKEN}/api/article?key=x"]


@pytest.mark.parametrize("path", ["", "api/articles", "page/desk.js", "wrong/", "wrong/api/articles", TOKEN.upper()])
def test_without_the_token_there_is_nothing(asked, path):
    assert asked(path).status_code in (404, 307)
    assert b"articles" not in asked(path).content


@pytest.mark.parametrize(("path", "method"), [("wrong/", "GET"), (f"{TOKEN}/api/wrong", "GET"), (f"{TOKEN}/", "PUT")])
def test_what_is_not_there_is_said_as_every_other_refusal(asked, path, method):
    answer = asked(path, method)
    assert answer.status_code in (404, 405)
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": "evil.example:127"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_who_asks_from_elsewhere_reads_nothing(asked, path, headers):
    answer = asked(path, **headers)
    assert answer.status_code == 403
    assert set(answer.json()) == {"error"}


def test_the_page_and_its_reader_are_answered(reader, asked):
    host = httpx.URL(reader.url).netloc.decode()
    own = {"Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
    for path in READS[:3]:
        assert asked(path, **own).status_code == 200
        assert asked(path, Sec_Fetch_Site="none").status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_changes_nothing(asked, kind):
    assert asked(f"{TOKEN}/api/change", "POST", b"{}", Content_Type=kind).status_code == 403
    assert asked(f"{TOKEN}/api/change", "POST", b"{}", Content_Type="application/json").status_code == 400


@pytest.mark.parametrize("path", [*READS, f"{TOKEN}/page/none.js", "nothing"])
def test_a_browser_is_told_to_run_and_to_tell_nothing_else(asked, path):
    headers = asked(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control")]


def test_no_other_site_is_let_in_by_asking_first(asked):
    answer = asked(f"{TOKEN}/api/change", "OPTIONS", Origin="https://evil.example")
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "name", ["..%2fapi.py", "%2e%2e%2fapi.py", "..%5capi.py", "desk.py", ".js", "%00.js", "/etc/x.js"]
)
def test_no_other_file_is_a_page(asked, name):
    assert asked(f"{TOKEN}/page/{name}").status_code == 404


def test_only_this_machine_reaches_it(reader):
    port = httpx.URL(reader.url).port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
    for answer in (reader.post("change", key="x" * 10_000_000, version=""), reader.post("change", nothing=[[]])):
        assert answer.status_code in (400, 413)


def test_a_request_that_is_broken_off_is_no_mistake(tmp_path):
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": f"/{TOKEN}/api/change", "query_string": b"", "headers": headers}
    answered = application(desk(tmp_path, "reader-1"), TOKEN)
    with ThreadPoolExecutor(1) as beside:  # in this thread the browser of other tests may have a loop that runs
        beside.submit(lambda: asyncio.run(answered(scope, receive, send))).result()
    assert sent[0]["status"] == 400


def test_a_page_of_a_very_long_name_is_not_there(asked):
    assert asked(f"{TOKEN}/page/{'a' * 5000}.js").status_code == 404
