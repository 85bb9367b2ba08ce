"""The models of the drafter: trained the same again, summed as scikit-learn does, and without a word in them."""

import json
import re

import numpy as np
import train_drafter
from conftest import ROOT, corpus
from sklearn.ensemble import GradientBoostingClassifier

from tasrih.drafting.certainty import SURE
from tasrih.drafting.trees import FILE, chances, model_of, models, table

COMPOSED = [one.record for one in corpus() if one.record.metadata.collection == "composed"][:12]
EXAMPLES = [one for article in COMPOSED for one in train_drafter.EXAMPLES[SURE](article)]
SETTINGS = {"n_estimators": 12}


def test_the_same_articles_give_the_same_model():
    once, again = (json.dumps(train_drafter.trained(EXAMPLES, SETTINGS)) for _ in range(2))
    assert once == again


def test_trees_are_summed_as_scikit_learn_does():
    model = model_of(train_drafter.trained(EXAMPLES, SETTINGS))
    features = tuple(sorted({name for one in EXAMPLES for name in one.row}))
    rows, right = table([one.row for one in EXAMPLES], features), [one.right for one in EXAMPLES]
    settings = train_drafter._USUAL | SETTINGS
    made = GradientBoostingClassifier(random_state=train_drafter._SEED, **settings).fit(rows, right)
    ours = chances(model, [one.row for one in EXAMPLES])
    assert np.abs(ours - made.predict_proba(rows)[:, 1]).max() < 0.01  # thresholds and leaves are rounded
    assert np.ptp(ours) > 0.2


def test_the_models_are_small_and_hold_no_word():
    assert set(models()) == set(train_drafter.EXAMPLES)
    assert FILE.stat().st_size < 300_000
    assert not re.search(r"[\u0600-\u06ff]|\\u06", FILE.read_text("utf-8"))


def test_without_its_file_rules_say_how_sure_they_are(monkeypatch):
    from tasrih.drafting import trees
    from tasrih.drafts import draft

    source = (ROOT / "corpus/sources").glob("*.txt")
    raw = next(source).read_bytes()
    weighed = draft("a.txt", raw)
    monkeypatch.setattr(trees, "FILE", ROOT)
    trees.models.cache_clear()
    try:
        plain = draft("a.txt", raw)
    finally:
        monkeypatch.undo()
        trees.models.cache_clear()
    assert plain.quotes
    assert [one.provenance.confidence for one in plain.quotes] != [one.provenance.confidence for one in weighed.quotes]
