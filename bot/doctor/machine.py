"""What is thought of the machine: its disk, its clock, the console's address."""

from datetime import datetime, timedelta

from bot.model import Check, CheckState

LEAST_SPACE = 200 * 1000**2
LITTLE_SPACE = 1000**3
LATE = timedelta(minutes=1)
"""How far a clock may be behind what was put on record before that counts against it."""


def disk(folder: str, free: int | None) -> Check:
    """`free` is in bytes; None where the disk would not say."""
    if free is None:
        return Check("disk", CheckState.BAD, f"{folder} can't be looked at", "make it readable for Raazdar")
    found = f"{_size(free)} free for {folder}"
    if free >= LITTLE_SPACE:
        return Check("disk", CheckState.GOOD, found)
    state = CheckState.BAD if free < LEAST_SPACE else CheckState.DOUBTFUL
    return Check("disk", state, found, "make room: a full disk stops the bot, and messages wait unseen")


def scripts(*, reads_urdu: bool) -> Check:
    """What can be read on photographs and scans."""
    if reads_urdu:
        return Check("images", CheckState.GOOD, "Latin letters and Urdu are read on photographs and scans")
    return Check(
        "images",
        CheckState.DOUBTFUL,
        "on photographs and scans, Latin letters are read; Urdu is not, for want of Tesseract's data",
        "apt-get install tesseract-ocr-urd (or set TESSDATA_PREFIX to where urd.traineddata lies)",
    )


def clock(now: datetime, newest: datetime | None) -> Check:
    """`newest` is the time of the last entry of the audit log."""
    found = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if newest is None or now >= newest - LATE:
        return Check("clock", CheckState.GOOD, found)
    return Check(
        "clock",
        CheckState.BAD,
        f"{found}, but the audit log has an entry of {newest:%Y-%m-%d %H:%M:%S} UTC",
        "set the clock (timedatectl set-ntp true); until then, times of cases and sessions are wrong",
    )


def console(address: str, trouble: str | None, *, is_in_use: bool, is_running: bool) -> Check:
    """`trouble` is why the address can't be had, None where it can; `is_in_use` whether somebody has it."""
    if is_in_use and is_running:
        return Check("console", CheckState.GOOD, f"{address} is served by the running Raazdar")
    if is_in_use:
        return Check(
            "console",
            CheckState.BAD,
            f"{address} is used by another program",
            "stop that program, or set console.listen to another address",
        )
    if trouble:
        return Check(
            "console", CheckState.BAD, f"{address} can't be had: {trouble}", "set console.listen to another"
        )
    if is_running:
        return Check(
            "console",
            CheckState.DOUBTFUL,
            f"Raazdar runs, but nobody serves {address}",
            "start it again if console.listen was changed since",
        )
    return Check("console", CheckState.GOOD, f"{address} is free")


def _size(count: int) -> str:
    return f"{count / 1000**3:.1f} GB" if count >= 1000**3 else f"{count / 1000**2:.0f} MB"
