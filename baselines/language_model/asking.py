"""Questions to a language model, one an article, and what they cost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jsonschema_rs

from baselines.language_model.answers import SCHEMA, shown
from baselines.needs import needed
from tasrih.record import Article, Json

openai = needed("openai")

_PROMPT = Path(__file__).with_name("prompt.md").read_text(encoding="utf-8")
_TRIES = 3  # for an answer that can be read
_RETRIES = 6  # of a request that fails: the client waits longer each time, or as long as the server says
_FORMAT = {"type": "json_schema", "json_schema": {"name": "annotations", "strict": True, "schema": SCHEMA}}
_keeps_schema = jsonschema_rs.validator_for(SCHEMA).is_valid


class Answered(NamedTuple):
    """An answer that keeps the schema, or None, and what was used for it."""

    answer: Json | None
    asked: int
    prompt_tokens: int
    completion_tokens: int


def asker(model: str, address: str | None, key: str) -> Callable[[Article], Answered]:
    """A function that asks a model at an OpenAI-compatible address. It raises openai.OpenAIError when none answers."""
    client = openai.OpenAI(base_url=address, api_key=key, max_retries=_RETRIES)

    def ask(article: Article) -> Answered:
        messages = [{"role": "system", "content": _PROMPT}, {"role": "user", "content": shown(article)}]
        used = [0, 0]
        for asked in range(1, _TRIES + 1):
            given = client.chat.completions.create(
                model=model, messages=messages, response_format=_FORMAT, temperature=0, seed=asked
            )
            if given.usage:
                used = [used[0] + given.usage.prompt_tokens, used[1] + given.usage.completion_tokens]
            answer = _read(given.choices[0].message.content if given.choices else None)
            if answer is not None:
                break
        return Answered(answer, asked, *used)

    return ask


def _read(content: str | None) -> Json | None:
    """An answer as JSON; None for one that is cut off, is refused or does not keep the schema."""
    try:
        answer = json.loads(content or "")
    except ValueError:
        return None
    return answer if _keeps_schema(answer) else None
