"""Sensitivity labels that files and mails carry as ids (`config/sensitivity.yaml`)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import regex

from detectors.allowance import left
from detectors.finding import Evidence
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.candidate import Candidate, CandidateRecognizer, Tally
from detectors.recognizers.labels.recognizer import CLASSIFICATION_LABEL
from detectors.rulebook import SensitivityLabel

_SCORE = 0.95
"""Nobody writes the id of a label by chance."""

_ID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_VALUE = r"[^\n;]{0,200}"
_CARRIED = (
    # What custom properties, descriptions of PDF files and headers of mails say of one label, name by name.
    rf"MSIP_Label_(?P<id>{_ID})_\w{{2,20}}{_VALUE}(?:[;,\s]{{1,4}}MSIP_Label_(?P=id)_\w{{2,20}}{_VALUE}){{0,30}}"
    # The record of a label in `docMetadata/LabelInfo.xml`.
    rf"|(?<!\w)id[\"']?\s{{0,3}}[:=]\s{{0,3}}[\"'{{]{{0,2}}(?P<id>{_ID})[^\n]{{0,400}}"
)
_TAKEN_OFF = regex.compile(r"removed\W{1,4}(?:1|true)\b|enabled\W{1,4}(?:0|false)\b", regex.IGNORECASE)


class SensitivityLabelRecognizer(CandidateRecognizer):
    """Finds the labels that an organisation knows by their ids, unless they were taken off again."""

    def __init__(self, labels: Sequence[SensitivityLabel], gate: Gate) -> None:
        self._labels = {label.key: label for label in labels}
        self._carried = Sieve(gate, [("an id", Sought(_CARRIED, 0))] if labels else [])
        super().__init__((CLASSIFICATION_LABEL,), self._carried)

    def candidates(self, text: str) -> Iterable[Candidate]:
        for match in self._ids(text):
            label = self._labels.get(UUID(match["id"]))
            if label is None or _TAKEN_OFF.search(match[0]):
                continue
            tally = Tally().add("carries the id of a sensitivity label", _SCORE)
            yield Candidate(
                CLASSIFICATION_LABEL,
                *match.span(),
                tally.score,
                Evidence(type(self).__name__, "sensitivity label", steps=tally.steps),
                {
                    "scheme": "sensitivity",
                    "level": label.level,
                    "label": label.name,
                    "form": "metadata",
                    "caveats": (),
                },
            )

    def _ids(self, text: str) -> Iterable[regex.Match[str]]:
        for _, carried in self._carried.within(text):
            yield from carried.finditer(text, timeout=left())
