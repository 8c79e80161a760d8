"""Images of every common format: what the file says of itself, and what is written on it."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngImageFile

from detectors.extract import reasons
from detectors.extract.markup import Properties, listen
from detectors.extract.reading import Reading, Unreadable
from detectors.finding import Place

# Of a photograph's size the reading itself decides, as some formats can be opened reduced.
Image.MAX_IMAGE_PIXELS = None

_SMALLEST = 12
"""Pixels of a side below which nothing can be written on it."""

_LARGEST_SIDE = 3200
"""Pixels to which a larger photograph is opened reduced, where its format can do that."""

_MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
_MOVING_FRAMES, _FRAMES_COMPARED = 12, 1000
"""How many different pictures of a moving image are read, and among how many they are looked for."""

_OTHER, _UNLIKE = 32, 3
"""Levels of grey by which a place differs, and of how many of 4,096 places, that not the same is shown."""

_DESCRIBING = ("ImageDescription", "XPTitle", "XPSubject", "XPComment", "XPKeywords", "Artist", "Copyright")
_USER_COMMENT = 0x9286
_CHARACTER_CODE = 8
"""Bytes at the start of a user comment that name its encoding."""


def read_image(content: bytes, label: str, reading: Reading) -> None:
    """Tells at once what the file says of itself; its pages are read when all else is."""
    if not reading.is_new(content):
        return
    image = _opened(content)
    _check_size(image, reading)
    _tell_properties(image, label, reading)
    if min(image.size) < _SMALLEST:
        return
    reading.image(label, lambda: _read_pages(content, label, reading))


def _opened(content: bytes) -> Image.Image:
    """The image, of which only the head has been read yet. Raises Unreadable."""
    # Its decoder is asked for here, as Pillow itself knows nothing of HEIC.
    from pi_heif import register_heif_opener  # type: ignore[import-untyped]

    register_heif_opener()
    try:
        return Image.open(io.BytesIO(content))
    except UnidentifiedImageError as error:
        raise Unreadable(reasons.BROKEN) from error


def _read_pages(content: bytes, label: str, reading: Reading) -> None:
    from detectors.extract.ocr import read_page

    image = _opened(content)
    numbers = _numbers(image, label, reading)
    for number in numbers:
        name = f"{label} / page {number + 1}" if len(numbers) > 1 else label
        with reading.caught(name):
            image.seek(number)
            _check_size(image, reading)
            read_page(_upright(_loaded(image, name, reading)), name, reading)


def _numbers(image: Image.Image, label: str, reading: Reading) -> list[int]:
    """Which of the pages are looked at; of what moves, the pictures that are unlike the one before."""
    count = getattr(image, "n_frames", 1)
    moves = count > 1 and image.format in _MOVING
    numbers = _unlike(image, count) if moves else list(range(count))
    most = min(_MOVING_FRAMES if moves else reading.limits.images, len(numbers))
    if len(numbers) > most:
        reading.undecided(f"{label} / page {numbers[most] + 1} to {count}", reasons.TOO_MANY_PAGES)
    return numbers[:most]


def _unlike(image: Image.Image, count: int) -> list[int]:
    """The first picture, and each that shows something else than the last of them did."""
    numbers: list[int] = []
    last = np.zeros((1, 1), np.int16)
    for number in range(min(count, _FRAMES_COMPARED)):
        image.seek(number)
        small = np.asarray(image.convert("L").resize((64, 64)), np.int16)
        if not numbers or np.count_nonzero(np.abs(small - last) > _OTHER) >= _UNLIKE:
            numbers.append(number)
            last = small
    return [*numbers, *range(_FRAMES_COMPARED, count)[:1]]


def _check_size(image: Image.Image, reading: Reading) -> None:
    """Has an image opened reduced where its format can do that. Raises Unreadable for too large a one."""
    share = _LARGEST_SIDE / max(image.size)
    if share < 1:
        image.draft("RGB", (round(share * image.width), round(share * image.height)))
    if image.width * image.height > reading.limits.pixels:
        raise Unreadable(reasons.TOO_LARGE)


def _loaded(image: Image.Image, name: str, reading: Reading) -> Image.Image:
    """The image with its pixels; of a file that ends too early, as far as it goes."""
    try:
        image.load()
    except OSError:
        reading.undecided(name, reasons.BROKEN)
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    return image


def _upright(image: Image.Image) -> Image.Image:
    """As people see it: turned as the camera was held, and on paper where it is see-through."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode in {"I", "F", "I;16", "I;16B"}:
        return _flattened(turned)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        return _on_paper(turned.convert("RGBA"))
    return turned.convert("RGB")


def _flattened(image: Image.Image) -> Image.Image:
    """More shades of grey than are needed as the usual 256."""
    levels = np.nan_to_num(np.asarray(image.convert("F")), posinf=0, neginf=0)
    low, high = float(levels.min()), float(levels.max())
    scale = 255 / (high - low) if high > low else 0
    return Image.fromarray(((levels - low) * scale).astype(np.uint8)).convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """On white; on black where white would hide what is drawn on it."""
    pages = []
    for paper in ("white", "black"):
        page = Image.new("RGBA", image.size, paper)
        page.alpha_composite(image)
        pages.append(page.convert("RGB"))
    return max(pages, key=_contrast)


def _contrast(image: Image.Image) -> int:
    low, high = image.convert("L").getextrema()
    return int(high) - int(low)  # type: ignore[arg-type]


def _tell_properties(image: Image.Image, label: str, reading: Reading) -> None:
    """What the camera and programs wrote beside the picture, where it was taken among it."""
    with reading.caught(f"{label} / properties"):
        lines = [*_exif_lines(image), *_text_lines(image)]
        description = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
        if description:
            listener = Properties()
            listen(_bytes(description), listener)
            lines += listener.whole.split("\n")
        lines = [line for line in dict.fromkeys(lines) if line.strip()]
        reading.text(f"{label} / properties", "\n".join(lines), Place.PROPERTIES)


def _exif_lines(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    for name in _DESCRIBING:
        if value := _readable(exif.get(ExifTags.Base[name].value)):
            yield f"{name}: {value}"
    comment = exif.get_ifd(ExifTags.IFD.Exif).get(_USER_COMMENT)
    if isinstance(comment, bytes) and (text := _readable(comment[_CHARACTER_CODE:])):
        yield f"UserComment: {text}"
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    north, east = _degrees(position, ExifTags.GPS.GPSLatitude), _degrees(position, ExifTags.GPS.GPSLongitude)
    if north is not None and east is not None:
        yield f"GPS position: {north:.5f}, {east:.5f}"


def _degrees(position: dict[int, object], tag: ExifTags.GPS) -> float | None:
    """Degrees to the north or to the east; None where the camera did not know."""
    try:
        degrees, minutes, seconds = (float(one) for one in position[tag.value])  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    side = str(position.get(tag.value - 1, ""))
    angle = degrees + minutes / 60 + seconds / 3600
    return None if angle != angle else -angle if side[:1] in {"S", "W"} else angle  # noqa: PLR0124 - not a number


def _text_lines(image: Image.Image) -> Iterator[str]:
    texts = image.text if isinstance(image, PngImageFile) else {}
    for name, value in (*texts.items(), ("comment", image.info.get("comment"))):
        if name != "XML:com.adobe.xmp" and (text := _readable(value)):
            yield f"{name}: {text}"


def _readable(value: object) -> str:
    """A value as one line of text, in whatever of the usual encodings it is."""
    if isinstance(value, bytes):
        is_wide = value[1::2].count(0) > len(value) // 4
        value = value.decode("utf-16-le" if is_wide else "utf-8", "replace")
    return " ".join(str(value).replace("\x00", "").split()) if value else ""


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text.strip(b"\x00")
