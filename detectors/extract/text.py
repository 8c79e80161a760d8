"""Plain text in whatever encoding it is."""

_SAMPLE = 8192
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")


def decoded(content: bytes) -> str | None:
    """The text that the bytes are in UTF-8, UTF-16 or a Windows code page; None where they are no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, encoding)
    if _is_utf16(content):
        return _decode(
            content, "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        )
    if _is_binary(content):
        return None
    text = _decode(content, "utf-8")
    return text if text is not None else _guessed(content)


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_utf16(content: bytes) -> bool:
    """Text without a byte-order mark whose every other byte is zero, as Latin text in UTF-16 has it."""
    sample = content[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    half = len(sample) // 2
    return half > 4 and (odd > 0.7 * half) != (even > 0.7 * half) and max(odd, even) > 0.7 * half


def _is_binary(content: bytes) -> bool:
    """Whether it is a document of its own format, or holds more control characters than stray into a text."""
    sample = content[:_SAMPLE]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)
    return (
        b"%PDF-" in sample[:1024]
        or sample.count(0) > 1 + len(sample) // 100
        or controls > 2 + len(sample) // 20
    )


def _guessed(content: bytes) -> str | None:
    # Most text is UTF-8, and what only guesses need starts slowly.
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=["cp1252", "cp1256", "utf_8"]).best()
    return str(best) if best is not None else _decode(content, "cp1252")
