"""Presidio, put together for this house: our recognizers, no language model, nothing from the network."""

from collections.abc import Sequence

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors.recognizers.candidate import LANGUAGE
from detectors.recognizers.contact import EmailAddressRecognizer, PhoneNumberRecognizer
from detectors.recognizers.credentials import CredentialRecognizer
from detectors.recognizers.labels.recognizer import ClassificationLabelRecognizer
from detectors.recognizers.markers import DocumentMarkerRecognizer
from detectors.recognizers.own import own_recognizers
from detectors.recognizers.personal import identifier_recognizers
from detectors.recognizers.references import DocumentReferenceRecognizer
from detectors.recognizers.sensitivity import SensitivityLabelRecognizer
from detectors.recognizers.travel import PassportZoneRecognizer
from detectors.rulebook import Rulebook


class NoFurtherContext(ContextAwareEnhancer):
    """Leaves scores as they are: each of our recognizers has weighed its own words, and whole words only.

    Presidio's own enhancer compares lemmas by substring, so that `lic` is found in `public`.
    """

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results


def recognizers_of(rulebook: Rulebook) -> tuple[EntityRecognizer, ...]:
    """Every recognizer that the rulebook asks for."""
    settings = rulebook.recognizers
    return (
        ClassificationLabelRecognizer(rulebook.schemes, rulebook.judgement),
        SensitivityLabelRecognizer(rulebook.sensitivity.labels),
        DocumentReferenceRecognizer(rulebook.references),
        DocumentMarkerRecognizer(rulebook.markers.markers),
        PhoneNumberRecognizer(settings.phone_regions),
        EmailAddressRecognizer(),
        CredentialRecognizer(settings.credential_plugins, settings.placeholders),
        PassportZoneRecognizer(),
        *identifier_recognizers(settings.identifiers),
        *own_recognizers(rulebook.own),
    )


def analyzer_of(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """An analyzer engine over these recognizers.

    It has Presidio's engine without language processing: nothing here reads tokens or lemmas, and spaCy's
    tokenizer takes seconds for a page of exclamation marks.
    """
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=list(recognizers), supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}]),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=NoFurtherContext(),
    )
