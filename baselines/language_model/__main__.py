"""A language model behind any OpenAI-compatible address, asked once an article, with constrained answers.

python -m baselines.language_model CORPUS... --model NAME --out FILE [--address URL] [--split test] [--price IN OUT]
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from baselines.command import of_split, parser
from baselines.language_model.answers import line, without_answer
from baselines.language_model.asking import Answered, asker
from baselines.needs import needed
from tasrih.record import Article, Json

openai = needed("openai")


def run(articles: Iterable[Article], out: Path, ask: Callable[[Article], Answered]) -> None:
    """Adds a line of predictions to a file for each article that it does not have, and one of what it cost beside."""
    done = {one["id"] for one in _whole_lines(out)}
    _whole_lines(costs_of(out))
    for article in articles:
        if article.id in done:
            continue
        answered = ask(article)
        _add(costs_of(out), {"id": article.id} | {name: getattr(answered, name) for name in Answered._fields[1:]})
        _add(out, line(article, answered.answer) if answered.answer else without_answer(article))
        if answered.answer is None:
            print(f"{article.id}: none of {answered.asked} answers could be read.", file=sys.stderr)


def costs_of(out: Path) -> Path:
    """Where it is kept what predictions cost: a line an article."""
    return out.with_suffix(".costs.jsonl")


def _whole_lines(file: Path) -> list[Json]:
    """The lines of a file; what a run that was broken off left of one is cut off."""
    data = file.read_bytes() if file.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        file.write_bytes(whole)
    return [json.loads(one) for one in whole.splitlines()]


def _add(file: Path, content: Json) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(content, separators=(",", ":")) + "\n")


def told(costs: list[Json], prices: list[float] | None) -> str:
    """What all answers in a file took, and what they cost by the prices of a million tokens in and out."""
    asked, used, made = (sum(one[name] for one in costs) for name in Answered._fields[1:])
    price = f", cost {(used * prices[0] + made * prices[1]) / 1_000_000:.4f}" if prices else ""
    return f"{len(costs)} articles, {asked} answers, {used} tokens in, {made} tokens out{price}"


def main() -> None:
    """Asks, writes the predictions, and says what they cost."""
    arguments = parser(__doc__)
    arguments.add_argument("--model", required=True, help="the name that the address has for it")
    arguments.add_argument("--address", help="such as http://127.0.0.1:8000/v1 (default: OPENAI_BASE_URL, or OpenAI)")
    arguments.add_argument("--out", required=True, type=Path, help="predictions; what is there already is kept")
    arguments.add_argument("--price", nargs=2, type=float, metavar=("IN", "OUT"), help="of a million tokens")
    given = arguments.parse_args()
    ask = asker(given.model, given.address, os.environ.get("OPENAI_API_KEY", "none"))
    try:
        run(of_split(given.corpus, given.split), given.out, ask)
    except openai.OpenAIError as error:
        sys.exit(f"{given.model} does not answer: {error} The same command goes on where this one stopped.")
    print(told(_whole_lines(costs_of(given.out)), given.price), file=sys.stderr)


if __name__ == "__main__":
    main()
