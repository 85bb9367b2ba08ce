"""How like news composed articles are: writes figures, and nothing else, to likeness.json beside.

CORPUS has the words of its published articles (docs/standoff.md). The figures are those of `tasrih.measures.likeness`
over them, and how well a classifier of letters tells composed paragraphs from published ones. Needs `benchmarks`.

python benchmarks/likeness.py CORPUS
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

import tasrih
from tasrih.measures.likeness import likeness, sample
from tasrih.record import Article

TARGET = Path(__file__).with_name("likeness.json")
FOLDS, SEED = 5, 7


def told_apart(published: list[Article], composed: list[Article]) -> dict[str, float]:
    """The area under the curve of a logistic regression over letters, three to five in a row, in words.

    Cross-validated, articles whole: of paragraphs of the body, and of articles by the mean over their paragraphs.
    """
    articles = [*published, *composed]
    rows = [
        (paragraph.text, number, number >= len(published))
        for number, article in enumerate(articles)
        for paragraph in article.paragraphs
        if paragraph.role == "body"
    ]
    texts, owners, labels = map(np.array, zip(*rows, strict=True))
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    model = make_pipeline(letters, LogisticRegression(C=10, max_iter=1000, random_state=SEED))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    found = cross_val_predict(model, texts, labels, groups=owners, cv=folds, method="predict_proba")[:, 1]
    means = [(found[owners == number].mean(), labels[owners == number][0]) for number in np.unique(owners)]
    scores, kinds = zip(*means, strict=True)
    return {"paragraphs": roc_auc_score(labels, found), "articles": roc_auc_score(kinds, scores)}


def main() -> None:
    articles = [article.record for article in tasrih.load(sys.argv[1])]
    published = [one for one in articles if one.metadata.origin == "published" and one.paragraphs[0].text]
    composed = [one.record for one in tasrih.load() if one.record.metadata.origin == "composed"]
    figures = {name: round(value, 2) for name, value in likeness(list(map(sample, published))).items()}
    apart = {name: round(value, 4) for name, value in told_apart(published, composed).items()}
    document = {"figures": figures, "area under the curve": apart}
    TARGET.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
