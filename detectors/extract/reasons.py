"""Why something could not be read, in words for people. None of them tells anything of the content."""

ENCRYPTED = "encrypted"
RAR = "packed as RAR, which is not read"
TOO_LARGE = "too large"
TOO_MANY_PAGES = "too many pages"
TOO_MANY_FILES = "too many files in it"
TOO_DEEP = "nested too deeply"
TOO_COMPRESSED = "compressed too much"
TOO_MUCH_MEMORY = "needs too much memory"
TIMED_OUT = "timed out"
BROKEN = "broken"
NOT_STARTED = "could not be looked into just now"
UNSUPPORTED = "unsupported"
TOO_MANY_IMAGES = "too many images"
NO_SENSE = "writing that could not be made out"

LASTING = frozenset(
    {
        ENCRYPTED,
        TOO_LARGE,
        TOO_MANY_PAGES,
        TOO_MANY_FILES,
        TOO_DEEP,
        TOO_COMPRESSED,
        BROKEN,
        UNSUPPORTED,
        RAR,
        TOO_MANY_IMAGES,
        NO_SENSE,
    }
)
"""Those that another try would not change; the others may come from how busy the machine was."""


def crashed(reader: str) -> str:
    """Where the process that read it ended without a word."""
    return f"broken (the reader for {reader} crashed)"
