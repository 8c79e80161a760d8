"""Seals content with AES-256-GCM, the key in a file that only its owner can read."""

import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SealError
from bot.places import check_key_file

_VERSION = b"\x01"
_NONCE_LENGTH = 12
_KEY_LENGTH = 32


class AesSealer:
    """The `Sealer` port. A seal is one version byte, the nonce, and the authenticated ciphertext.

    Fingerprints have a key of their own, which is derived from that of the seals.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._naming = HKDF(SHA256(), _KEY_LENGTH, salt=None, info=b"raazdar fingerprints").derive(key)

    def seal(self, content: bytes, about: str) -> bytes:
        nonce = os.urandom(_NONCE_LENGTH)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        version, nonce, content = sealed[:1], sealed[1 : 1 + _NONCE_LENGTH], sealed[1 + _NONCE_LENGTH :]
        if version != _VERSION:
            raise SealError("This seal is of a form that is not known here; it may be from a newer Raazdar.")
        try:
            return self._cipher.decrypt(nonce, content, about.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError(
                "A seal can't be opened: the key file is not the one it was made with, or it was changed."
            ) from error

    def fingerprint(self, content: bytes) -> str:
        return hmac.digest(self._naming, content, "sha256").hex()


def make_key_file(path: Path) -> None:
    """Makes a new key that only its owner can read. Never overwrites one, and never leaves half of one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(_KEY_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
    except OSError as error:
        raise SealError(f"The key file {path} can't be made: {error.strerror}.") from error


def read_key_file(path: Path) -> AesSealer:
    """The sealer with the key in `path`. Raises SealError if the file is unsafe or holds no key."""
    check_key_file(path)
    try:
        key = path.read_bytes()
    except FileNotFoundError as error:
        raise SealError(
            f"The key file {path} is missing, so the evidence in the database can't be opened; put it back"
            " from your backup."
        ) from error
    except OSError as error:
        raise SealError(f"The key file {path} can't be read: {error.strerror}.") from error
    if len(key) != _KEY_LENGTH:
        raise SealError(f"The key file {path} does not hold a key of {_KEY_LENGTH} bytes.")
    return AesSealer(key)
