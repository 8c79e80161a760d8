"""Which reader reads which kind. Each is imported when a file of its kind comes."""

from detectors.extract import reasons
from detectors.extract.kinds import Kind
from detectors.extract.reading import Reader, Reading, Unreadable
from detectors.extract.text import decoded


def reader_of(kind: Kind) -> Reader | None:  # noqa: PLR0911, PLR0912 - a table
    """The reader of a kind; None where there is none."""
    match kind:
        case Kind.TEXT:
            return read_text
        case Kind.PDF:
            from detectors.extract.pdf import read_pdf

            return read_pdf
        case Kind.ZIP:
            from detectors.extract.packages import read_package

            return read_package
        case Kind.TAR:
            from detectors.extract.archives import read_tar

            return read_tar
        case Kind.GZIP | Kind.BZIP2 | Kind.XZ:
            from detectors.extract.archives import read_compressed

            return read_compressed
        case Kind.SEVEN_ZIP:
            from detectors.extract.sevenzip import read_seven_zip

            return read_seven_zip
        case Kind.RAR:
            return read_rar
        case Kind.OLE:
            from detectors.extract.compound import read_compound

            return read_compound
        case Kind.RTF:
            from detectors.extract.rtf import read_rtf

            return read_rtf
        case Kind.HTML:
            from detectors.extract.pages import read_html

            return read_html
        case Kind.MAIL:
            from detectors.extract.mail import read_mail

            return read_mail
        case Kind.IMAGE:
            from detectors.extract.images import read_image

            return read_image
        case _:
            return None


def read_text(content: bytes, label: str, reading: Reading) -> None:
    """Plain text, in whatever encoding."""
    if len(content) > reading.limits.piece:
        raise Unreadable(reasons.TOO_LARGE)
    text = decoded(content)
    if text is None:
        raise Unreadable(reasons.UNSUPPORTED)
    reading.text(label, text)


def read_rar(_content: bytes, _label: str, _reading: Reading) -> None:
    """Nothing: what unpacks it is a program beside Python, or not maintained."""
    raise Unreadable(reasons.RAR)
