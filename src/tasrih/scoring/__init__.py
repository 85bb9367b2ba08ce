"""How alike annotations of the same articles are: against a gold standard, or between annotators."""

from tasrih.scoring.agreement import Agreement, agree, alpha
from tasrih.scoring.comparison import Comparison, compare
from tasrih.scoring.reports import Scores
from tasrih.scoring.scores import score

__all__ = ["Agreement", "Comparison", "Scores", "agree", "alpha", "compare", "score"]
