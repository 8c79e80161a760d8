"""The facts that detection produces. Everything here is frozen and does no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

AttributeValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a part's ORIGINAL text: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class Place(StrEnum):
    """What a part is to its document; the words of a label weigh more in some places than in running text."""

    BODY = "body"
    MARGIN = "margin"
    """The header or the footer of a page, a sheet or a slide."""

    STAMP = "stamp"
    PROPERTIES = "properties"
    """What the document says of itself: labels, titles, keywords."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of the page's width and height, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a part's text that was read off an image, and where on its page it stands."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message that is scanned on its own.

    `name` says which piece it is: `text`, `caption`, `file_name`, `attachment 2 / page 3`, `window`.
    `beside` is what it stands above without being part of it: the names of the files whose caption it is.
    `lines` are those of a text that was read off an image, in the order of the text; other texts have none.
    """

    name: str
    text: str
    beside: str = ""
    place: Place = Place.BODY
    lines: tuple[Line, ...] = ()

    def region(self, span: Span) -> Box | None:
        """Where on its page a stretch of the text stands; None where it was not read off an image."""
        boxes = [line.box for line in self.lines if line.span.overlaps(span)]
        if not boxes:
            return None
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding was made, for people.

    `steps` are the named steps of reasoning in the order in which they were taken, each with what it
    added to or took from the score, such as `own line +0.30`.
    """

    recognizer: str
    pattern: str = ""
    context_words: tuple[str, ...] = ()
    validation: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One detection. `score` is between 0 and 1."""

    entity: str
    part: str
    span: Span
    score: float
    evidence: Evidence
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A part that could not be scanned, and why: `encrypted`, `too large`, `timed out`, `unsupported` …

    Never the same as clean: it is shown, counted, and policy has a rule for it.
    """

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What an image in a file looks like, so that another photograph of the same can be told to be one.

    `prints` are perceptual hashes in hexadecimal, 256 bits each: images that look alike differ in few bits.
    """

    part: str
    prints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything that was found in one message, and everything that could not be looked at."""

    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Consideration:
    """Something that was looked at, whether it became a finding or not, for `explain`.

    `kept` says whether it is a finding; the last of `evidence.steps` says why not.
    """

    entity: str
    part: str
    span: Span
    score: float
    kept: bool
    evidence: Evidence
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
