"""The `Sealer` port without cryptography: content is turned round and tied to what it is about."""

from hashlib import sha256

from bot.errors import SealError


class FakeSealer:
    def fingerprint(self, content: bytes) -> str:
        return sha256(b"a secret" + content).hexdigest()

    def seal(self, content: bytes, about: str) -> bytes:
        return about.encode() + b"|" + content[::-1]

    def unseal(self, sealed: bytes, about: str) -> bytes:
        prefix = about.encode() + b"|"
        if not sealed.startswith(prefix):
            raise SealError("A seal can't be opened.")
        return sealed.removeprefix(prefix)[::-1]
