"""Figures as the results in a model's card on a hub."""

from tasrih.scoring.reports import Figure, Groups, figures
from tasrih.terminal import one_line

_TASK = "token-classification"
_MATCHES = {"exact": "exact", "overlap": "overlap ≥ ½"}


def card(groups: Groups, model: str, dataset: str, split: str | None = None) -> str:
    """The head of a README with the figures of a model over all articles as results (`EvalResult`), in YAML.

    `dataset` is the repository of the gold standard, OWNER/NAME, or what it is called where it is in none. Figures
    without a value are left out.
    """
    from huggingface_hub import EvalResult, ModelCardData

    results = [
        EvalResult(
            task_type=_TASK,
            task_name="Quotation attribution",
            dataset_type=dataset,
            dataset_name=dataset.rpartition("/")[2],
            dataset_split=split,
            metric_type=_metric(figure),
            metric_name=f"{figure.name}, {_MATCHES[figure.match]}",
            metric_value=round(rate, 4),
        )
        for figure in figures(groups["all"]).values()
        if (rate := figure.rate) is not None
    ]
    data = ModelCardData(model_name=one_line(model), language="ar", eval_results=results)
    return f"---\n{data.to_yaml(line_break=chr(10))}\n---\n"


def _metric(figure: Figure) -> str:
    return "accuracy" if figure.is_given or figure.name.startswith("same ") else "f1"
