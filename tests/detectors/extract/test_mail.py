"""E-mails and the messages of Outlook: header, bodies, and what came with them."""

import struct

import pytest

from tests.detectors.extract.samples import PNG, Read, compound, docx, embedded, mail, outlook, zipped


def test_header_body_and_attachments_are_parts() -> None:
    read = Read(
        mail("See the file.", {"memo.docx": docx("SECRET"), "scan.png": PNG}, "X-Classification: secret\r\n")
    )
    assert read.parts == {
        "a / header": "From: a@example.org\nSubject: Budget\nX-Classification: secret",
        "a": "See the file.",
        "a / file names": "memo.docx\nscan.png",
        "a / file 1.docx": "SECRET",
    }
    assert read.undecided == {"a / file 2.png": "broken"}


def test_an_encoded_header_is_read_as_people_read_it() -> None:
    content = mail("x", {}).replace(b"Subject: Budget", b"Subject: =?utf-8?b?2K7ZgduM24E=?=")
    assert "Subject: خفیہ" in Read(content).parts["a / header"]


def test_both_bodies_are_read() -> None:
    content = mail("plain", {}).replace(
        b"--x--", b"--x\r\nContent-Type: text/html\r\n\r\n<p hidden>SECRET</p>shown\r\n--x--"
    )
    parts = Read(content).parts
    assert (parts["a"], parts["a / HTML"], parts["a / HTML / hidden text"]) == ("plain", "shown", "SECRET")


def test_a_message_in_a_message_is_read_with_its_attachments() -> None:
    inner = (
        mail("inner", {"b.zip": zipped({"c.txt": "deepest"})})
        .replace(b"boundary=x", b"boundary=y")
        .replace(b"--x", b"--y")
    )
    outer = mail("outer", {}).replace(
        b"--x--", b"--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--x--"
    )
    parts = Read(outer).parts
    assert parts["a / file 1.eml"] == "inner"
    assert parts["a / file 1.eml / file 1.zip / file 1.txt"] == "deepest"


def test_an_encrypted_mail_is_told() -> None:
    content = b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMIAG\r\n"
    assert Read(content).undecided == {"a": "encrypted"}


@pytest.mark.parametrize(
    "content",
    [
        b"From: Section Officer\nTo: Deputy Secretary\nSubject: Budget\n\nPlease see.",
        b"Note: this\nis no mail",
    ],
    ids=["a memo", "a note"],
)
def test_a_memo_that_begins_like_a_mail_is_plain_text(content: bytes) -> None:
    assert Read(content).parts == {"a": content.decode()}


def test_a_message_of_outlook_is_read_with_its_attachments() -> None:
    read = Read(outlook("Budget", "See the file.", {"memo.docx": docx("SECRET")}))
    assert read.parts == {
        "a / header": "Subject: Budget",
        "a": "See the file.",
        "a / file names": "memo.docx",
        "a / file 1.docx": "SECRET",
    }


@pytest.mark.parametrize(
    ("number", "header"),
    [(0, {}), (3, {"a / header": "Sensitivity: Company-Confidential"}), (9, {})],
    ids=["none", "chosen", "unheard of"],
)
def test_the_sensitivity_of_a_message_of_outlook_is_told(number: int, header: dict[str, str]) -> None:
    numbers = bytes(32) + struct.pack("<3I4x", 0x00170003, 6, 1) + struct.pack("<3I4x", 0x00360003, 6, number)
    read = Read(compound({"__properties_version1.0": numbers}))
    assert (read.parts, read.undecided) == (header, {})


def test_what_is_a_message_and_a_document_is_read_as_both() -> None:
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_1000001F": "body".encode("utf-16-le")}
    read = Read(compound(streams | {"WordDocument": bytes(600)}))
    assert (read.parts["a"], read.undecided["a"]) == ("body", "unsupported")


def test_a_file_that_was_dropped_into_a_document_is_read() -> None:
    assert Read(embedded("memo.docx", docx("SECRET"))).parts == {
        "a / file names": "memo.docx",
        "a / file 1.docx": "SECRET",
    }


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"EncryptedPackage": bytes(600), "EncryptionInfo": bytes(60)}, "encrypted"),
        ({"WordDocument": bytes(10) + b"\x00\x01" + bytes(600)}, "encrypted"),
        ({"WordDocument": bytes(600), "\tDRMContent": bytes(600)}, "encrypted"),
        ({"WordDocument": bytes(600)}, "unsupported"),
        ({"Workbook": bytes(600)}, "broken"),
    ],
    ids=["encrypted since 2007", "encrypted before 2007", "with rights managed", "old text", "old table"],
)
def test_an_old_document_is_told_as_not_read(streams: dict[str, bytes], reason: str) -> None:
    assert Read(compound(streams)).undecided == {"a": reason}
