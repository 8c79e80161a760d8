from pathlib import Path

import pytest

from bot.errors import SealError
from bot.seal import AesSealer, make_key_file, read_key_file

SEALER = AesSealer(b"k" * 32)


def test_what_is_sealed_comes_back() -> None:
    assert SEALER.unseal(SEALER.seal(b"content", "case 1"), "case 1") == b"content"


def test_a_seal_shows_nothing_and_is_never_the_same_twice() -> None:
    one, two = SEALER.seal(b"content", "case 1"), SEALER.seal(b"content", "case 1")
    assert b"content" not in one
    assert one != two


def test_a_fingerprint_is_of_the_content_and_of_the_key() -> None:
    assert SEALER.fingerprint(b"content") == AesSealer(b"k" * 32).fingerprint(b"content")
    others = [SEALER.fingerprint(b"contents"), AesSealer(b"x" * 32).fingerprint(b"content")]
    assert SEALER.fingerprint(b"content") not in others


@pytest.mark.parametrize(
    ("sealer", "spoil", "about"),
    [
        pytest.param(SEALER, lambda sealed: sealed, "case 2", id="moved to another case"),
        pytest.param(AesSealer(b"x" * 32), lambda sealed: sealed, "case 1", id="another key"),
        pytest.param(SEALER, lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), "case 1", id="changed"),
        pytest.param(SEALER, lambda sealed: sealed[:8], "case 1", id="cut off"),
        pytest.param(SEALER, lambda sealed: b"\x09" + sealed[1:], "case 1", id="a form from the future"),
        pytest.param(SEALER, lambda sealed: b"", "case 1", id="empty"),
    ],
)
def test_a_seal_that_does_not_fit_is_refused(sealer: AesSealer, spoil: object, about: str) -> None:
    assert callable(spoil)
    with pytest.raises(SealError):
        sealer.unseal(spoil(SEALER.seal(b"content", "case 1")), about)


def test_a_new_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "seal.key"
    make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    sealed = read_key_file(path).seal(b"content", "x")
    assert read_key_file(path).unseal(sealed, "x") == b"content"


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")
    with pytest.raises(SealError):
        make_key_file(tmp_path / "key")


def test_a_missing_and_a_short_key_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="missing"):
        read_key_file(tmp_path / "key")
    short = tmp_path / "short"
    short.touch(0o600)
    with pytest.raises(SealError, match="does not hold a key"):
        read_key_file(short)
