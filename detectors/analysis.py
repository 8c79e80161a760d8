"""The recognizers of this house, as Presidio knows recognizers."""

from detectors.gate import Gate, OpenGate, PatternGate
from detectors.recognizers.candidate import CandidateRecognizer
from detectors.recognizers.contact import EmailAddressRecognizer, PhoneNumberRecognizer
from detectors.recognizers.credentials import CredentialRecognizer
from detectors.recognizers.labels.recognizer import ClassificationLabelRecognizer
from detectors.recognizers.markers import DocumentMarkerRecognizer
from detectors.recognizers.own import own_recognizers
from detectors.recognizers.personal import identifier_recognizers
from detectors.recognizers.references import DocumentReferenceRecognizer
from detectors.recognizers.sensitivity import SensitivityLabelRecognizer
from detectors.recognizers.travel import PassportZoneRecognizer
from detectors.recognizers.views import NumberViews
from detectors.rulebook import Rulebook


def recognizers_of(
    rulebook: Rulebook, gate: Gate | None = None
) -> tuple[CandidateRecognizer | EmailAddressRecognizer, ...]:
    """Every recognizer that the rulebook asks for; without a gate, each tries all that it has."""
    gate, around = (OpenGate(), OpenGate()) if gate is None else (gate, PatternGate())
    settings = rulebook.recognizers
    numbers = NumberViews(gate)
    return (
        ClassificationLabelRecognizer(rulebook.schemes, rulebook.judgement, gate, around),
        SensitivityLabelRecognizer(rulebook.sensitivity.labels, gate),
        DocumentReferenceRecognizer(rulebook.references, gate, around, numbers),
        DocumentMarkerRecognizer(rulebook.markers.markers, gate),
        PhoneNumberRecognizer(settings.phone_regions, gate, numbers),
        EmailAddressRecognizer(gate),
        CredentialRecognizer(settings.credential_plugins, settings.placeholders, gate),
        PassportZoneRecognizer(gate),
        *identifier_recognizers(settings.identifiers, gate, numbers),
        *own_recognizers(rulebook.own, gate),
    )
