"""Learns `config/language.yaml` from the labelled messages: `make language`.

A logistic regression over the words of a text tells whole documents from everything that is clean. Its
weights are written in the unit of `markers.yaml`, rounded, and sorted, so that a person can read them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from detectors.language import words_of
from detectors.normalise import fold

ROOT = Path(__file__).parents[1]
SMOOTHING = 8.0
UNIT = 0.30
"""What one unit of log-odds is worth among the weights of `markers.yaml`."""

OFFSET = -0.10
"""What a text is worth that sounds as much like a paper as not: below nothing, as words prove little."""

STEP = 0.04
"""Weights are rounded to it; what rounds to nothing is left out."""

INDENTED = {"initial_indent": "    ", "subsequent_indent": "    "}

HEAD = """\
# How much each word speaks for a paper of an office, or against it. Written by `make language` from the
# labelled messages; `detectors/rulebook/language.py` says what the numbers mean. Don't edit it.
"""


def messages() -> Iterator[tuple[frozenset[str], bool]]:
    """The words of each labelled message that is a whole document, or clean."""
    for path in sorted((ROOT / "seeds" / "labelled").rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            labelled = json.loads(line)
            is_paper = "OFFICIAL_DOCUMENT" in labelled["entities"]
            if is_paper or labelled["expect"] == "clean":
                yield words_of(fold(labelled["text"]).text), is_paper


def main() -> None:
    texts, papers = zip(*messages(), strict=True)
    often: dict[str, int] = defaultdict(int)
    for words in texts:
        for word in words:
            often[word] += 1
    kept = [{word: 1.0 for word in words if often[word] >= 3} for words in texts]
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform(kept)
    lengths = np.sqrt(np.asarray(counts.sum(axis=1)).ravel() + SMOOTHING)
    scaled = counts.multiply(1 / lengths[:, None]).tocsr()
    model = LogisticRegression(C=1.0, max_iter=5000, class_weight="balanced").fit(scaled, papers)
    by_weight: dict[float, list[str]] = defaultdict(list)
    for word, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True):
        rounded = round(float(weight) * UNIT / STEP) * STEP
        if rounded:
            by_weight[rounded].append(str(word))
    lines = [
        line
        for weight, words in sorted(by_weight.items(), reverse=True)
        for line in (f"  '{weight:+.2f}': >-", *wrap(" ".join(sorted(words)), 106, **INDENTED))
    ]
    bias = round(float(model.intercept_[0]) * UNIT + OFFSET, 3)
    top = f"bias: {bias}\nsmoothing: {SMOOTHING:g}\nmost: 0.95\nalone: 0.85\nfewest: 12\nwords:\n"
    (ROOT / "config" / "language.yaml").write_text(HEAD + top + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
