"""Where the database and the key lie, as `raazdar.yaml` names them."""

from pathlib import Path

from bot.errors import SealError, StoreError

_SCHEME = "sqlite:///"


def store_path(url: str) -> Path:
    """The file that a `sqlite:///` URL names. Raises StoreError for any other URL."""
    if not url.startswith(_SCHEME) or url == _SCHEME:
        raise StoreError("The store's url must read sqlite:///path/to/file.db; there is no other store yet.")
    return Path(url.removeprefix(_SCHEME))


def check_key_file(path: Path) -> None:
    """Raises SealError if the key file is there and others can read it."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise SealError(f"The key file {path} can't be looked at: {error.strerror}.") from error
    if mode & 0o077:
        raise SealError(f"The key file {path} can be read by others; run: chmod 600 {path}")
