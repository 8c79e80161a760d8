"""Images: every format is opened, what it says of itself is read, and none takes more than it may."""

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

from detectors.extract import extract
from detectors.extract.limits import LIMITS
from detectors.finding import Place
from tests.detectors.extract.drawings import drawing, saved, written
from tests.detectors.extract.samples import Read, office, paragraphs, zipped

FILES = Path(__file__).parent / "files"
MEMO = ("SECRET", "Summary for the Cabinet")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("JPEG", {"quality": 40}),
        ("PNG", {}),
        ("WEBP", {"quality": 60}),
        ("AVIF", {"quality": 60}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("GIF", {}),
        ("BMP", {}),
        ("JPEG2000", {}),
    ],
)
def test_each_format_is_read(kind: str, more: dict[str, object]) -> None:
    read = Read(saved(drawing(*MEMO), kind, **more))
    assert (read.parts["a"].splitlines(), read.undecided) == (list(MEMO), {})


def test_a_photograph_of_a_telephone_in_heic_is_read() -> None:
    assert Read((FILES / "memo.heic").read_bytes()).parts["a"].splitlines() == list(MEMO)


@pytest.mark.parametrize(
    "mode", ["L", "1", "P", "RGBA", "LA", "CMYK", "I;16", "I", "F"], ids=lambda mode: mode.replace(";", "")
)
def test_each_way_of_telling_colours_is_read(mode: str) -> None:
    plain = drawing(*MEMO)
    if mode in {"I;16", "I", "F"}:
        image = plain.convert("L").convert("F").point(lambda value: value * 128).convert("I")
        image = image.convert(mode)
    else:
        image = plain.convert("L" if mode == "LA" else "RGB").convert(mode)
    assert Read(saved(image, "TIFF")).parts["a"].splitlines() == list(MEMO)


@pytest.mark.parametrize("ink", ["black", "white"])
def test_writing_on_nothing_is_read_whatever_its_colour(ink: str) -> None:
    see_through = Image.new("RGBA", (900, 204), (0, 0, 0, 0))
    mask = drawing(*MEMO, background="black", ink="white").convert("L")
    see_through.paste(Image.new("RGBA", see_through.size, ink), (0, 0), mask)
    assert Read(saved(see_through)).parts["a"].splitlines() == list(MEMO)


def test_the_pages_of_a_fax_are_parts() -> None:
    pages = [drawing(f"Page number {number}") for number in range(3)]
    read = Read(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert read.parts == {f"a / page {number + 1}": f"Page number {number}" for number in range(3)}


def test_of_what_moves_some_pictures_are_read() -> None:
    frames = [drawing(" ".join(["still"] * (number // 3)) or "SECRET") for number in range(12)]
    read = Read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100))
    assert list(read.parts.values()) == ["SECRET", "still", "still still", "still still still"]
    assert read.undecided == {}


def test_of_what_moves_too_much_the_rest_is_told() -> None:
    frames = [drawing(*[""] * number, "still here", "", *[""] * (13 - number)) for number in range(14)]
    read = Read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100))
    assert (len(read.parts), read.undecided) == (12, {"a / page 13 to 14": "too many pages"})


def test_more_pages_than_are_read_are_told() -> None:
    pages = [drawing(f"Page number {number}") for number in range(3)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    read = Read(content, replace(LIMITS, images=2))
    assert read.undecided == {"a / page 3 to 3": "too many pages"}


def test_more_images_than_are_read_are_told() -> None:
    pictures = {f"word/media/image{number}.jpg": written(f"Picture {number}") for number in range(3)}
    read = Read(office({"word/document.xml": paragraphs("text"), **pictures}), replace(LIMITS, images=2))
    assert list(read.undecided.values()) == ["too many images"]


def test_the_same_image_twice_is_read_once() -> None:
    read = Read(zipped({"a.jpg": written("SECRET"), "b.jpg": written("SECRET")}))
    assert [name for name, text in read.parts.items() if text == "SECRET"] == ["a / file 1.jpg"]


def test_the_turn_of_the_camera_is_undone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    read = Read(saved(drawing(*MEMO).rotate(90, expand=True), "JPEG", exif=exif))
    assert read.parts["a"].splitlines() == list(MEMO)


def test_where_a_photograph_was_taken_is_told() -> None:
    exif = Image.Exif()
    degrees = tuple(TiffImagePlugin.IFDRational(one) for one in (33, 41, 38))
    exif.get_ifd(0x8825).update({1: "N", 2: degrees, 3: "W", 4: degrees})
    read = Read(saved(drawing("A house"), "JPEG", exif=exif))
    assert read.parts["a / properties"] == "GPS position: 33.69389, -33.69389"
    assert read.places["a / properties"] is Place.PROPERTIES


def test_a_position_that_the_camera_did_not_know_is_none() -> None:
    exif = Image.Exif()
    unknown = (TiffImagePlugin.IFDRational(0, 0),) * 3
    exif.get_ifd(0x8825).update({1: "N", 2: unknown, 3: "E", 4: unknown})
    read = Read(saved(drawing("A house"), "JPEG", exif=exif))
    assert (list(read.parts), read.undecided) == (["a"], {})


def test_what_programs_wrote_beside_the_picture_is_told() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET annex"
    exif[0x9C9E] = "Confidential; Draft".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0for the Secretary"
    xmp = b'<x:xmpmeta xmlns:x="x"><title>Restricted plan</title></x:xmpmeta>'
    read = Read(saved(drawing("A house"), "JPEG", exif=exif, xmp=xmp, comment=b"TLP:RED"))
    assert read.parts["a / properties"].splitlines() == [
        "ImageDescription: SECRET annex",
        "XPKeywords: Confidential; Draft",
        "UserComment: for the Secretary",
        "comment: TLP:RED",
        "title: Restricted plan",
    ]


def test_the_texts_of_a_png_are_told() -> None:
    texts = PngInfo()
    texts.add_text("Title", "TOP SECRET")
    assert Read(saved(drawing("A house"), pnginfo=texts)).parts["a / properties"] == "Title: TOP SECRET"


def test_an_icon_is_passed_over() -> None:
    read = Read(saved(Image.new("RGB", (16, 16), "red")))
    assert (read.parts, read.undecided) == ({}, {})


def test_a_photograph_of_nothing_written_is_clean() -> None:
    read = Read(saved(Image.effect_noise((800, 600), 60).convert("RGB"), "JPEG"))
    assert read.undecided == {}


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_an_image_that_ends_too_early_is_read_so_far_and_undecided(share: float) -> None:
    content = saved(drawing("SECRET", *["Paragraph of a memorandum"] * 12), "JPEG")
    read = Read(content[: int(len(content) * share)])
    assert read.undecided == {"a": "broken"}
    assert read.parts["a"].startswith("SECRET")


def test_ten_gigapixels_are_too_large_and_are_never_opened() -> None:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = b"IDAT" + zlib.compress(b"")
    png += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    _, undecided, _ = extract("a.png", png, "a")
    assert [one.reason for one in undecided] == ["too large"]


def test_a_large_photograph_is_opened_reduced() -> None:
    large = drawing(*MEMO).resize((9000, 2040))
    read = Read(saved(large, "JPEG"), replace(LIMITS, pixels=9_000_000))
    assert read.parts["a"].splitlines() == list(MEMO)


MINUTES = (
    "SECRET",
    *[f"Paragraph {number} of a memorandum{' of some length' * (number % 3)}" for number in range(9)],
)
RULES = (
    "HOUSE RULES",
    *[f"Breakfast at {number}{', and later on Sundays' * (number % 2)}" for number in range(12)],
)


@pytest.mark.parametrize(
    "again",
    [
        saved(drawing(*MINUTES).resize((700, 520)), "JPEG", quality=30),
        saved(drawing(*MINUTES).rotate(4, expand=True, fillcolor="white")),
        saved(drawing(*MINUTES, background="#b0a890")),
    ],
    ids=["compressed", "aslant", "in another light"],
)
def test_another_picture_of_a_page_looks_alike_and_another_page_does_not(again: bytes) -> None:
    assert _apart(saved(drawing(*MINUTES)), again) <= 48
    assert _apart(saved(drawing(*RULES)), again) > 70


def test_a_photograph_without_writing_looks_alike_when_it_is_compressed() -> None:
    photograph, other = (clouds(seed) for seed in (1, 2))
    again = saved(photograph.resize((300, 200)).convert("RGB"), "JPEG", quality=30)
    assert _apart(saved(photograph), again) <= 48
    assert _apart(saved(photograph), saved(other)) > 70


def clouds(seed: int) -> Image.Image:
    """Light and shade as on a photograph, always the same for one seed."""
    coarse = np.random.default_rng(seed).integers(0, 255, (16, 24), np.uint8)
    return Image.fromarray(coarse).resize((600, 400), Image.Resampling.BICUBIC)


def _apart(one: bytes, other: bytes) -> int:
    """In how many bits what two images look like differs."""
    first, second = (Read(content).pictures["a"] for content in (one, other))
    return min((int(a, 16) ^ int(b, 16)).bit_count() for a in first for b in second)


def test_an_image_in_memory_is_never_written() -> None:
    # The process that reads may write nothing; a decoder that goes by way of a file would fail here.
    parts, undecided, pictures = extract("a.gif", saved(drawing(*MEMO), "GIF"), "a")
    assert (len(parts), undecided, [one.part for one in pictures]) == (1, (), ["a"])


def test_bytes_with_the_head_of_an_image_are_broken() -> None:
    assert Read(b"\xff\xd8\xff" + bytes(300)).undecided == {"a": "broken"}
