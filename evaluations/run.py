"""Puts the questions of the bundled corpus through inspect-ai and lm-evaluation-harness, answered without a model.

`python evaluations/run.py`, with `pip install '.[evaluations]'`: the dataset is built, both frameworks read it as they
do for anybody else, and `evaluations/figures.json` says what they find. Exits with 1 when a figure is not that of
`answers.py`: 1 for right answers, and for the floor the share of questions whose first choice is right.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

import inspect_ai
from answers import ANSWERS, TASKS, Question, questions, share
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from lm_eval import simple_evaluate
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

import tasrih

HERE = Path(__file__).resolve().parent
DATASET = "dist/tasrih"
"""Where the tasks look for the dataset, from the folder they are started in: also a name that a hub could have."""
_PACKAGES = ("tasrih", "inspect-ai", "lm-eval", "datasets")
Shares = dict[str, float]


def figures() -> dict[str, dict[str, dict[str, Shares]]]:
    """By who answers and by task: the share of right answers that each framework finds, and our own."""
    file = os.path.relpath(HERE / "inspect/tasrih_tasks.py")  # inspect-ai takes no other
    found = {}
    for who, answer in ANSWERS.items():
        asked = {task: questions(Path(DATASET), task) for task in TASKS}
        ways = {
            "ours": {task: share(asked[task], answer) for task in TASKS},
            "inspect-ai": dict(_inspect(file, {"dataset": str(Path(DATASET).resolve())}, asked, answer)),
            "inspect-ai by eval.yaml": dict(_inspect(f"hf/{DATASET}", {}, asked, answer)),
            "lm-eval": _lm_eval(answer),
        }
        found[who] = {task: {way: round(shares[task], 6) for way, shares in ways.items()} for task in TASKS}
    return found


def _inspect(
    tasks: str, given: dict[str, str], asked: dict[str, list[Question]], answer: Callable[[Question], int]
) -> Iterator[tuple[str, float]]:
    """The accuracy of each task, with a model that finds in a prompt which question it is."""
    letters = {question["question"]: "ABCDEFGH"[answer(question)] for task in asked.values() for question in task}

    def reply(messages: list[object], *_: object) -> ModelOutput:
        prompt = messages[-1].text  # type: ignore[attr-defined]
        found = next(letter for question, letter in letters.items() if question in prompt)
        output = ModelOutput.from_content("mockllm", f"ANSWER: {found}")
        output.usage = ModelUsage()  # else tokens are counted, with a vocabulary from the network
        return output

    model = get_model("mockllm/model", custom_outputs=reply, memoize=False)
    with patch("huggingface_hub.hf_hub_download", _downloaded):
        logs = inspect_ai.eval(tasks, model=model, task_args=given, display="none", log_dir="logs")
    for log in logs:
        if log.status != "success" or log.results is None:
            sys.exit(f"{log.eval.task}: {log.status} {log.error}")
        yield log.eval.task.rpartition("/")[2], log.results.scores[0].metrics["accuracy"].value


def _downloaded(repo_id: str, filename: str, **_: object) -> str:
    """A file of the dataset, which lies where a hub would have its name: there is no hub."""
    return str(Path(repo_id, filename))


def _lm_eval(answer: Callable[[Question], int]) -> Shares:
    """The accuracy of each task, with a model to which the words of the answer are the likelier ones."""

    class Answering(LM):
        def loglikelihood(self, requests: list[object]) -> list[tuple[float, bool]]:
            return [self._told(request.doc, request.args[1].strip()) for request in requests]  # type: ignore[attr-defined]

        def _told(self, question: Question, said: str) -> tuple[float, bool]:
            is_answer = said == question["choices"][answer(question)].strip()
            return (-1.0 if is_answer else -1000.0), is_answer

        def generate_until(self, requests: list[object]) -> list[str]:
            raise NotImplementedError

        def loglikelihood_rolling(self, requests: list[object]) -> list[float]:
            raise NotImplementedError

    manager = TaskManager(include_path=str(HERE / "lm_eval"), include_defaults=False)
    found = simple_evaluate(Answering(), tasks=["tasrih"], task_manager=manager, bootstrap_iters=0, log_samples=False)
    if found is None:
        sys.exit("lm-eval found nothing.")
    return {task: found["results"][f"tasrih_{task}"]["acc,none"] for task in TASKS}


def main() -> None:
    """Builds the dataset in a folder of its own, runs all there, and keeps the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        os.environ["XDG_CACHE_HOME"] = scratch  # inspect-ai keeps what it loads, by a name that is that of any build
        tasrih.build(DATASET, jobs=os.cpu_count() or 1)
        found = figures()
        asked = {task: len(questions(Path(DATASET), task)) for task in TASKS}
        os.chdir(HERE)
    told = {"versions": {name: version(name) for name in _PACKAGES}, "questions": asked, "shares": found}
    (HERE / "figures.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))
    odd = [(who, task) for who, tasks in found.items() for task, ways in tasks.items() if len(set(ways.values())) > 1]
    if odd:
        sys.exit(f"The frameworks differ: {odd}")


if __name__ == "__main__":
    main()
