"""Forty papers that carry a label and forty that carry none, each as it was scanned or photographed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.paper.camera import Shot, taken
from benchmarks.paper.sheets import Sheet, Stamp, drawn
from benchmarks.paper.texts import (
    CLEAN,
    CLEAN_URDU,
    LABELLED_LINES,
    LABELLED_SUBJECTS,
    LABELLED_URDU,
)

COUNT = 40
_RESOLUTIONS = (100, 120, 150, 200)
_FONTS = ("serif", "sans", "typewriter")
_SIZES = (9.5, 10.5, 11.5)
_LABELS = (("SECRET", 3), ("CONFIDENTIAL", 2), ("RESTRICTED", 1), ("TOP SECRET", 4))
_URDU_LABELS = (("خفیہ", 3), ("انتہائی خفیہ", 4))
_OFFICES = (
    ("GOVERNMENT OF PAKISTAN", "CABINET SECRETARIAT", "ESTABLISHMENT DIVISION"),
    ("GOVERNMENT OF PAKISTAN", "MINISTRY OF PLANNING AND REFORM"),
    ("GOVERNMENT OF THE PUNJAB", "HOME DEPARTMENT"),
)
_SHOTS = (
    ("flat", Shot()),
    ("aslant", Shot(degrees=5)),
    ("aslant", Shot(degrees=-3, noise=6)),
    ("JPEG 40", Shot(quality=40)),
    ("JPEG 40, aslant", Shot(degrees=2, quality=40)),
    ("perspective", Shot(tilt=0.035, table=True, noise=4)),
    ("shadow", Shot(shadow=0.55, noise=5)),
    ("telephone", Shot(degrees=4, tilt=0.03, shadow=0.4, noise=6, table=True, quality=60)),
)
_LAYOUTS = ("header and footer", "stamp", "header", "stamp and header", "first line")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and what is on it. `level` is that of its label from 1 to 4, and 0 where it carries none."""

    content: bytes
    level: int
    label: str
    language: str
    layout: str
    shot: str
    dpi: int


def labelled(*, urdu: bool, seed: int = 5, count: int = COUNT) -> Iterator[Picture]:
    """Papers with a label; where `urdu`, every fourth is in Urdu."""
    random = Random(seed)  # noqa: S311 - papers, not secrets
    for number in range(count):
        is_urdu = urdu and number % 4 == 3
        label, level = random.choice(_URDU_LABELS if is_urdu else _LABELS)
        layout = _LAYOUTS[number % len(_LAYOUTS)]
        sheet = _memorandum(label, layout, random, is_urdu=is_urdu)
        yield _picture(sheet, number, random, level, label, layout)


def clean(*, urdu: bool, seed: int = 6, count: int = COUNT) -> Iterator[Picture]:
    """Papers of every day, some with words that labels are made of."""
    random = Random(seed)  # noqa: S311 - papers, not secrets
    for number in range(count):
        is_urdu = urdu and number % 4 == 3
        title, lines = random.choice(CLEAN_URDU if is_urdu else CLEAN)
        sheet = Sheet(
            head=(title,),
            body=(*lines, *random.choices(lines, k=random.randint(2, 4 if is_urdu else 16))),
            bottom=str(random.randint(1, 30)),
            font=random.choice(("nastaliq", "naskh") if is_urdu else _FONTS),
            size=13 if is_urdu else random.choice(_SIZES),
            language="ur" if is_urdu else "en",
            stamps=(_stamp("PAID", random),) if number % 5 == 0 and not is_urdu else (),
        )
        yield _picture(sheet, number, random, 0, "", "clean")


def _picture(sheet: Sheet, number: int, random: Random, level: int, label: str, layout: str) -> Picture:
    name, shot = _SHOTS[number % len(_SHOTS)]
    dpi = random.choice(_RESOLUTIONS)
    return Picture(taken(drawn(sheet, dpi), shot, random), level, label, sheet.language, layout, name, dpi)


def _memorandum(label: str, layout: str, random: Random, *, is_urdu: bool) -> Sheet:
    has_band = layout in {"header and footer", "header", "stamp and header"}
    number = f"No. F. {random.randint(1, 19)}({random.randint(1, 40)})/{random.randint(2021, 2025)}-Admin"
    if is_urdu:
        head = ("حکومتِ پاکستان", "وزارتِ داخلہ")
        lines, reference, subject = LABELLED_URDU, ("", ""), "موضوع: ماہانہ رپورٹ"
    else:
        head, lines = random.choice(_OFFICES), LABELLED_LINES
        reference = (number, f"Islamabad, the {random.randint(1, 28)}th March, 2024")
        subject = f"Subject: {random.choice(LABELLED_SUBJECTS)}"
    return Sheet(
        head=(*((label,) if layout == "first line" else ()), *head),
        reference=reference,
        body=(subject, *lines, *random.choices(lines, k=random.randint(2, 4 if is_urdu else 16))),
        top=label if has_band else "",
        bottom=label if layout == "header and footer" else "",
        stamps=(_stamp(label, random),) if "stamp" in layout else (),
        font=random.choice(("nastaliq", "naskh") if is_urdu else _FONTS),
        size=13 if is_urdu else random.choice(_SIZES),
        language="ur" if is_urdu else "en",
    )


def _stamp(words: str, random: Random) -> Stamp:
    return Stamp(words, random.uniform(-22, 22), (random.uniform(0.3, 0.7), random.uniform(0.62, 0.8)))
