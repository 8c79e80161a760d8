"""Stock Presidio, as its users have it: its own analyzer, spaCy's tokenizer, its context enhancer."""

from collections.abc import Callable, Sequence

import spacy
import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
    predefined_recognizers,
)
from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine

LANGUAGE = "en"


_FOR_ENGLISH = (
    "CreditCardRecognizer",
    "UsBankRecognizer",
    "UsLicenseRecognizer",
    "UsItinRecognizer",
    "UsPassportRecognizer",
    "UsSsnRecognizer",
    "NhsRecognizer",
    "CryptoRecognizer",
    "DateRecognizer",
    "EmailRecognizer",
    "IbanRecognizer",
    "IpRecognizer",
    "MedicalLicenseRecognizer",
    "MacAddressRecognizer",
    "UuidRecognizer",
    "PhoneRecognizer",
    "UrlRecognizer",
    "SpacyRecognizer",
)
"""What Presidio loads for English. Its loader goes by the names of classes, and would take ours for them."""


def with_its_own() -> Callable[[str], list[RecognizerResult]]:
    """Presidio over the recognizers that it brings for English."""
    return with_recognizers([getattr(predefined_recognizers, name)() for name in _FOR_ENGLISH])


def with_recognizers(recognizers: Sequence[EntityRecognizer]) -> Callable[[str], list[RecognizerResult]]:
    """Presidio over these recognizers and no others."""
    # Its e-mail and URL recognizers would ask the network for the list of public suffixes, once.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    nlp = SlimSpacyNlpEngine(supported_languages=[LANGUAGE], auto_download=False)
    nlp.nlp = {LANGUAGE: spacy.blank(LANGUAGE)}  # it would load a trained model, which nobody here reads
    analyzer = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=list(recognizers), supported_languages=[LANGUAGE]),
        nlp_engine=nlp,
        supported_languages=[LANGUAGE],
    )
    return lambda text: analyzer.analyze(text, LANGUAGE)
