"""E-mail as it is sent and saved: headers, bodies, and the files that came with it."""

import email
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from functools import partial

from detectors.extract import reasons
from detectors.extract.archives import tell_names
from detectors.extract.pages import read_html
from detectors.extract.reading import Reading, named
from detectors.extract.text import decoded
from detectors.finding import Place

_TOLD = re.compile(
    r"from|to|cc|bcc|reply-to|sender|subject|date|sensitivity|importance|keywords|comments|msip_labels|.*classification.*|.*label.*|.*marking.*",
    re.I,
)
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


def read_mail(content: bytes, label: str, reading: Reading) -> None:
    """The header, the bodies and the attachments of an e-mail."""
    _read_message(email.message_from_bytes(content, policy=compat32), label, reading)


def _read_message(message: Message, label: str, reading: Reading) -> None:
    header = [f"{name}: {_readable(value)}" for name, value in message.items() if _TOLD.fullmatch(name)]
    reading.text(f"{label} / header", "\n".join(header), Place.PROPERTIES)
    names: list[str] = []
    for piece in _pieces(message):
        name = _readable(piece.get_filename() or "")
        kind = piece.get_content_type()
        if kind in _ENCRYPTED:
            reading.undecided(label, reasons.ENCRYPTED)
        elif kind == "message/rfc822":
            names.append(name)
            called = named(label, len(names), ".eml")
            reading.inside(called, partial(_read_enclosed, piece, called, reading))
        elif name or not kind.startswith("text/") or piece.get_content_disposition() == "attachment":
            names.append(name)
            reading.nested(_content(piece), label, len(names), name)
        elif kind == "text/html":
            read_html(_content(piece), f"{label} / HTML", reading)
        else:
            reading.text(label, _text(piece))
    tell_names(names, label, reading)


def _read_enclosed(piece: Message, label: str, reading: Reading) -> None:
    for enclosed in piece.get_payload():
        if isinstance(enclosed, Message):
            _read_message(enclosed, label, reading)


def _pieces(message: Message) -> list[Message]:
    """What the message is made of, without going into messages that it encloses."""
    if message.get_content_type() in _ENCRYPTED or message.get_content_type() == "message/rfc822":
        return [message]
    if not message.is_multipart():
        return [message]
    return [piece for part in message.get_payload() if isinstance(part, Message) for piece in _pieces(part)]


def _content(piece: Message) -> bytes:
    content = piece.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(piece: Message) -> str:
    content = _content(piece)
    try:
        return content.decode(piece.get_content_charset() or "utf-8").replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        text = decoded(content)
        return (text if text is not None else content.decode("latin-1")).replace("\r\n", "\n")


def _readable(value: object) -> str:
    """A header as people read it."""
    try:
        return str(make_header(decode_header(str(value))))
    except (MessageError, LookupError, UnicodeError, ValueError):
        return str(value)
