"""`raazdar scan`: looks at text, files or JSON lines and says what it would do."""

import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from bot.cli.inputs import files, opened, read_file
from bot.cli.options import chat_named, chat_option, config_option, find_chat, known_chats
from bot.cli.progress import Progress, progress
from bot.config.catalogue import Catalogue
from bot.errors import InputError
from bot.lines import read_line
from bot.model import Chat, Decision, Message, MessageRef, Person, Severity
from bot.policy import Policy, decide
from bot.runs import Runs
from bot.scanning import Detectors, Scanned, scan_message
from bot.wiring import build_detectors
from detectors.extract import extract
from detectors.finding import Finding, Part, Scan

CLEAN, FOUND, BAD, STOPPED = 0, 1, 2, 130


@click.command(short_help="Judge text, files or JSON lines as if they were posted.")
@click.option("--jsonl", is_flag=True, help="Read one JSON message a line, and write one JSON result a line.")
@config_option
@chat_option
@click.option("--show-text", is_flag=True, help="Show what was found as it stands, not masked.")
@click.argument("paths", nargs=-1, metavar="[PATH… | -]")
def scan(
    jsonl: bool, directory: Path | None, chat: str | None, show_text: bool, paths: tuple[str, ...]
) -> int:
    """Look at text and files as if they were posted, and say what would be done.

    Reads each PATH, or standard input for `-` and where no PATH is given. With --jsonl, each line is a
    message: {"id","text","author","chat","sent_at","attachments":[paths],"quoted"}, of which all but text may
    be left out; quoted is the text of the message that it replies to. Messages of the same author and chat
    that are close in sent_at are also judged together.

    \b
    Exit status: 0  nothing at `low` or above
                 1  something was found
                 2  bad usage or bad input; what could be read was still processed
               130  stopped with Ctrl+C
    """
    from bot.config.loading import load_configuration

    # Whoever reads the output may stop early, as `head` does; then this stops too, as Unix tools do.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    configuration = load_configuration(directory)
    judge = Judge(
        configuration.policy,
        build_detectors(configuration),
        find_chat(configuration, chat),
        known_chats(configuration),
    )
    try:
        if jsonl:
            return _scan_lines(judge, paths or ("-",), show_text)
        return _scan_files(judge, paths or ("-",), configuration.catalogue, show_text)
    except KeyboardInterrupt:
        click.echo("raazdar: stopped before the end; what is printed holds for what was read.", err=True)
        return STOPPED


@dataclass(frozen=True, slots=True)
class Judge:
    """What the running bot does with a message, without its memory of earlier warnings.

    `chat` is the one for messages that name none of `chats`.
    """

    policy: Policy
    detectors: Detectors
    chat: Chat
    chats: Sequence[Chat] = ()

    def message(self, message: Message, runs: Runs) -> tuple[Scanned, Decision]:
        scanned = scan_message(self.detectors, message, runs.around(message))
        runs.heard(message, is_told=scanned.is_of_run)
        return scanned, self.decision(message, scanned)

    def file(self, name: str, content: bytes) -> tuple[Scanned, Decision]:
        """A file by itself; one without a name is a text."""
        parts, unread, _ = extract(name, content, "text")
        named = (Part("file_name", name), *parts) if name else parts
        scan = self.detectors.scan(named)
        scanned = Scanned(named, Scan(scan.findings, (*unread, *scan.undecided)))
        return scanned, self.decision(Message(MessageRef("", "", name), Person(""), ""), scanned)

    def decision(self, message: Message, scanned: Scanned) -> Decision:
        chat = chat_named(self.chats, message.ref.chat) or self.chat
        return decide(self.policy, message, scanned.scan, chat.audience)


def _scan_lines(judge: Judge, paths: Sequence[str], show_text: bool) -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    status, runs = CLEAN, Runs()
    with progress(lambda: None) as shown:
        for path in paths:
            try:
                with opened(path) as file:
                    for number, line in enumerate(file, start=1):
                        shown.begin("")
                        if not line.strip():
                            continue
                        status = max(status, _scan_line(judge, runs, path, number, line, show_text, shown))
            except InputError as error:
                shown.rest(sys.stderr)
                click.echo(f"raazdar: {error}", err=True)
                status = BAD
    return status


def _scan_line(
    judge: Judge, runs: Runs, path: str, number: int, line: bytes, show_text: bool, shown: Progress
) -> int:
    try:
        read = read_line(line, number)
        scanned, decision = judge.message(read.message, runs)
    except InputError as error:
        shown.rest(sys.stderr)
        _tell_of_line(path, number, str(error))
        return BAD
    except Exception as error:  # noqa: BLE001 - one line that breaks must not stop the others
        shown.rest(sys.stderr)
        _tell_of_line(path, number, f"could not be judged ({type(error).__name__}); please report this")
        return BAD
    shown.rest(sys.stdout)
    print(json.dumps(result(read.id, scanned, decision, show_text), ensure_ascii=False), flush=True)
    return FOUND if decision.severity >= Severity.LOW else CLEAN


def _tell_of_line(path: str, number: int, what: str) -> None:
    where = "standard input" if path == "-" else path
    click.echo(f"{where}: line {number}: {what}", err=True)


def result(message_id: object, scanned: Scanned, decision: Decision, show_text: bool) -> dict[str, Any]:
    """One line of output, as the command-line contract has it."""
    parts = {part.name: part for part in scanned.parts}
    return {
        "id": message_id,
        "severity": decision.severity.value,
        "actions": [action.value for action in decision.actions],
        "rule": decision.rule,
        "provision": decision.provision,
        "why": decision.why,
        "findings": [_finding(finding, parts[finding.part], show_text) for finding in scanned.scan.findings],
        "undecided": [
            {"part": undecided.part, "reason": undecided.reason} for undecided in scanned.scan.undecided
        ],
    }


def _finding(finding: Finding, part: Part, show_text: bool) -> dict[str, Any]:
    region = part.region(finding.span)
    placed = {"region": {name: round(at, 3) for name, at in asdict(region).items()}} if region else {}
    shown = {"text": part.text[finding.span.start : finding.span.end]} if show_text else {}
    return (
        {
            "entity": finding.entity,
            "part": finding.part,
            "start": finding.span.start,
            "end": finding.span.end,
            "score": round(finding.score, 2),
            "recognizer": finding.evidence.recognizer,
            "attributes": dict(finding.attributes),
        }
        | placed
        | shown
    )


def _scan_files(judge: Judge, paths: Sequence[str], words: Catalogue, show_text: bool) -> int:
    from bot.cli.report import print_scan

    status = CLEAN
    with progress(lambda: sum(1 for _ in files(paths))) as shown:
        for path in files(paths):
            shown.begin(path)
            try:
                name, content = read_file(path)
            except InputError as error:
                shown.rest(sys.stderr)
                click.echo(f"raazdar: {error}", err=True)
                status = BAD
                continue
            try:
                scanned, decision = judge.file(name, content)
            except Exception as error:  # noqa: BLE001 - one file that breaks must not stop the others
                shown.rest(sys.stderr)
                what = f"could not be judged ({type(error).__name__}); please report this"
                click.echo(f"raazdar: {path} {what}.", err=True)
                status = BAD
                continue
            shown.rest(sys.stdout)
            print_scan("standard input" if path == "-" else path, scanned, decision, words, show_text)
            status = max(status, FOUND if decision.severity >= Severity.LOW else CLEAN)
    return status
