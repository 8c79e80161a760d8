"""A rival's first answer, in a process of its own: `python -m benchmarks.speed.first NAME`.

Exit status: 0 it has answered, 3 it is not there.
"""

import sys
from typing import TYPE_CHECKING

from benchmarks.speed.rivals import RIVALS, NotThere

if TYPE_CHECKING:
    from bot.config.loading import Configuration

NOT_THERE = 3
TEXT = "my CNIC is 35202-1234567-1, see you at four"


def main(name: str) -> int:
    try:
        RIVALS[name](_load).run([TEXT])
    except NotThere:
        return NOT_THERE
    return 0


def _load() -> "Configuration":
    from bot.config.loading import load_configuration

    return load_configuration()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
