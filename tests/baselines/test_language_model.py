"""The runner for language models, against a stand-in on loopback that answers as it is told."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import own
import pytest

from baselines.language_model import __main__ as command
from baselines.language_model.answers import NOWHERE


class StandIn:
    """A server that gives its replies one after another, the last for ever; `asked` has what it was asked."""

    def __init__(self, *replies):
        self.asked = []
        self.replies = list(replies)
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                stand_in.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                status, content = stand_in.replies[0]
                del stand_in.replies[: len(stand_in.replies) > 1]
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("retry-after-ms", "1")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                """Nothing is logged."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def reply(content, prompt_tokens=100, completion_tokens=20):
    message = {"role": "assistant", "content": content if isinstance(content, str) else json.dumps(content)}
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens}
    usage["total_tokens"] = sum(usage.values())
    choices = [{"index": 0, "finish_reason": "stop", "message": message}]
    made = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": usage}
    return 200, json.dumps(made).encode()


BUSY = (429, b'{"error": {"message": "busy"}}')


def words(text, paragraph=2, occurrence=1):
    return {"text": text, "paragraph": paragraph, "occurrence": occurrence}


QUOTE = {"spans": [words(own.SPEECH)], "type": "direct", "cue": words("قالت"), "speaker": words("سهيلة المرجاني")}
ANSWER = {
    "quotes": [QUOTE],
    "terms": [],
    "mentions": [{"span": words("سهيلة المرجاني"), "type": "PERS", "entity": "the mayor"}],
}


@pytest.fixture
def serve():
    """A function that starts a stand-in."""
    started = []

    def start(*replies):
        started.append(StandIn(*replies))
        return started[-1]

    yield start
    for one in started:
        one.server.shutdown()
        one.server.server_close()


@pytest.fixture
def corpus(tmp_path):
    for name in ("2024-01-02-lights", "2024-01-03-lights"):
        own.add(tmp_path / "corpus", own.record(name, split="test") | {"schema_version": "1.1"})
    return tmp_path / "corpus"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, corpus):
    """A function that runs the command against a stand-in: the predictions, the costs and what it said."""

    def run(stand_in, *arguments):
        out = tmp_path / "predictions.jsonl"
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        given = [str(corpus), "--model", "m", "--address", stand_in.address, "--out", str(out), *arguments]
        monkeypatch.setattr(sys, "argv", ["language_model", *given])
        command.main()
        read = [list(map(json.loads, file.read_text("utf-8").splitlines())) for file in (out, command.costs_of(out))]
        return *read, capsys.readouterr().err

    return run


def test_words_become_offsets_and_no_word_is_written(run, serve):
    predictions, _, _ = run(serve(reply(ANSWER)))
    line = predictions[0]

    def said(span):
        return own.BODY[span["start"] : span["end"]]

    (quote,) = line["quotes"]
    assert [said(one) for one in (*quote["spans"], quote["cue"], quote["speaker"]["span"])] == [
        own.SPEECH,
        "قالت",
        "سهيلة المرجاني",
    ]
    assert line["mentions"] == [{"span": quote["speaker"]["span"], "type": "PERS", "entity": "e1"}]
    assert json.dumps(line, ensure_ascii=False).isascii()


def test_a_model_is_asked_for_answers_that_keep_the_schema(run, serve):
    stand_in = serve(reply(ANSWER))
    run(stand_in)
    asked = stand_in.asked[0]
    constraint = asked["response_format"]["json_schema"]
    assert asked["response_format"]["type"] == "json_schema"
    assert constraint["strict"] is True
    assert constraint["schema"]["required"] == ["quotes", "terms", "mentions"]
    assert asked["model"] == "m"
    assert own.BODY in asked["messages"][1]["content"]


def test_words_that_are_not_there_are_invalid_answers(run, serve):
    wrong = [words("كلمات لم ترد"), words(own.SPEECH, 7), words(own.SPEECH, 2, 2), words("")]
    quotes = [QUOTE | {"spans": [one], "cue": None, "speaker": None} for one in wrong]
    predictions, _, _ = run(serve(reply(ANSWER | {"quotes": quotes})))
    assert [quote["spans"] for quote in predictions[0]["quotes"]] == [[NOWHERE]] * len(wrong)


def test_words_in_another_spelling_and_later_occurrences_are_found(run, serve):
    second = QUOTE | {"spans": [words("البلديه")], "cue": words("ل", 2, 2)}
    predictions, _, _ = run(serve(reply(ANSWER | {"quotes": [second]})))
    (quote,) = predictions[0]["quotes"]
    (span,) = quote["spans"]
    assert own.BODY[span["start"] : span["end"]] == "البلدية"
    assert quote["cue"]["start"] == own.BODY.index("ل", own.BODY.index("ل") + 1)


def test_a_server_that_is_busy_and_an_answer_that_is_cut_off_are_tried_again(run, serve):
    stand_in = serve(BUSY, reply('{"quotes": ['), reply(ANSWER))
    predictions, costs, told = run(stand_in, "--price", "1", "2")
    assert len(stand_in.asked) == 4
    assert all(line["quotes"][0]["type"] == "direct" for line in predictions)
    assert costs[0] == {"id": "2024-01-02-lights", "asked": 2, "prompt_tokens": 200, "completion_tokens": 40}
    assert told == "2 articles, 3 answers, 300 tokens in, 60 tokens out, cost 0.0004\n"


def test_an_article_without_an_answer_is_told_and_counts_as_an_invalid_one(run, serve):
    stand_in = serve(reply("I cannot."))
    predictions, _, told = run(stand_in)
    assert len(stand_in.asked) == 6
    assert [line["quotes"] for line in predictions] == [[{"spans": [NOWHERE]}]] * 2
    assert "2024-01-02-lights: none of 3 answers could be read." in told


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(run, serve, tmp_path):
    stand_in = serve(reply(ANSWER), (400, b'{"error": {"message": "no such model"}}'))
    with pytest.raises(SystemExit, match=r"no such model.*goes on where this one stopped"):
        run(stand_in)
    whole = (tmp_path / "predictions.jsonl").read_bytes()
    assert whole.count(b"\n") == 1
    (tmp_path / "predictions.jsonl").write_bytes(whole + b'{"id":"2024-01-03-li')
    again = serve(reply(ANSWER))
    predictions, costs, _ = run(again)
    assert len(again.asked) == 1
    assert [line["id"] for line in predictions] == [one["id"] for one in costs]
    assert (tmp_path / "predictions.jsonl").read_bytes().startswith(whole)
