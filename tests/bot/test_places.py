from pathlib import Path

import pytest

from bot.errors import SealError, StoreError
from bot.places import check_key_file, store_path


@pytest.mark.parametrize("wrong", ["", "sqlite:///", "postgresql://host/db", "var/raazdar.db"])
def test_other_urls_are_refused(wrong: str) -> None:
    with pytest.raises(StoreError, match="must read sqlite:///"):
        store_path(wrong)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_key_that_others_can_touch_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"key")
    path.chmod(mode)
    with pytest.raises(SealError, match="chmod 600"):
        check_key_file(path)
