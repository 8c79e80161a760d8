"""Files that are made to harm, or broken: none crashes, escapes, writes or takes more than it may."""

import gzip
import io
import struct
import tarfile
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from detectors.extract import LIMITS, Extracted, extract
from detectors.finding import Undecided
from tests.detectors.extract.old_office import FILES, macros
from tests.detectors.extract.samples import (
    PNG,
    Read,
    assembled,
    compound,
    docx,
    embedded,
    mail,
    office,
    open_document,
    outlook,
    paragraphs,
    pdf,
    tarred,
    zipped,
)

MEBIBYTE = 1 << 20
GOOD = {
    "pdf": pdf("SECRET", "two", info="<</Title(x)>>"),
    "docx": office({"word/document.xml": paragraphs("SECRET"), "word/header1.xml": paragraphs("head")}),
    "xlsx": office({"xl/worksheets/sheet1.xml": "<ROOT><w:row><w:c><w:v>1</w:v></w:c></w:row></ROOT>"}),
    "odt": open_document(
        "text", "<office:body><office:text><text:p>SECRET</text:p></office:text></office:body>"
    ),
    "rtf": rb"{\rtf1\ansi{\header SECRET\par}{\info{\title x}}body\par}",
    "html": b"<!DOCTYPE html><html><body><p>SECRET</p><div hidden>x</div></body></html>",
    "eml": mail("SECRET", {"a.txt": b"x", "b.png": PNG}),
    "msg": outlook("SECRET", "body", {"a.txt": b"x"}),
    "ole": embedded("a.txt", b"SECRET"),
    "zip": zipped({"a.txt": "SECRET", "b.docx": docx("x")}),
    "tar": tarred({"a.txt": b"SECRET", "b.docx": docx("x")}),
    "gz": gzip.compress(b"SECRET" * 99),
    "doc": (FILES / "memo.doc").read_bytes(),
    "xls": (FILES / "book.xls").read_bytes(),
    "ppt": (FILES / "talk.ppt").read_bytes(),
    "macros": compound(macros({"Module1": "' SECRET"})),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_truncated_file_is_read_so_far_and_never_clean(kind: str) -> None:
    content = GOOD[kind]
    for end in {9, 20, len(content) // 4, len(content) // 2, len(content) * 3 // 4, len(content) - 30}:
        read = Read(content[:end])
        assert read.undecided or read.parts or not content[:end].strip()


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_with_any_byte_changed_is_read_or_told(kind: str) -> None:
    content = GOOD[kind]
    step = max(1, len(content) // 60)
    for place in range(0, len(content), step):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        read = Read(bytes(changed))
        assert read.undecided or read.parts


def test_an_encrypted_pdf_is_told() -> None:
    key = "00" * 32
    encrypted = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<00><00>]"
    content = pdf("SECRET").replace(b"/Root 1 0 R", f"/Root 1 0 R{encrypted}".encode())
    assert Read(content).undecided == {"a": "encrypted"}


def test_an_encrypted_open_document_is_told() -> None:
    content = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
            "content.xml": bytes(range(99)),
        }
    )
    assert Read(content).undecided == {"a": "encrypted"}


@pytest.mark.parametrize("content", [b"", b" ", b"\n\n"], ids=["nothing", "a space", "lines"])
def test_an_empty_file_holds_nothing_and_is_decided(content: bytes) -> None:
    assert extract("a.docx", content, "a") == Extracted()


@pytest.mark.parametrize("archive", [zipped({}), tarred({}), gzip.compress(b"")], ids=["zip", "tar", "gz"])
def test_an_empty_archive_holds_nothing(archive: bytes) -> None:
    assert Read(archive).parts == {}


def test_a_document_of_three_megabytes_that_unpacks_to_gigabytes_is_stopped_before_it_does() -> None:
    bomb = _bomb(3_000 * MEBIBYTE)
    assert 2 * MEBIBYTE < len(bomb) < 4 * MEBIBYTE
    started = time.monotonic()
    parts, undecided, _ = extract("memo.docx", bomb, "attachment 1")
    assert (parts, undecided) == ((), (Undecided("attachment 1", "too large"),))
    assert time.monotonic() - started < LIMITS.seconds / 2


def _bomb(size: int) -> bytes:
    """A document whose text is `size` spaces. They are packed once, and the packed block repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = 4 * MEBIBYTE
    packed = packer.compress(b" " * block) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packed * (size // block) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    content = file.getvalue()
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = content.rindex(signature)
        sizes = struct.pack("<III", 0, len(body), size)
        head = content[start : start + place] + struct.pack("<H", 8)
        rest = content[start + place + 2 : start + place + 6]
        content = content[:start] + head + rest + sizes + content[start + place + 18 :]
    return content


def test_a_size_that_is_a_lie_is_not_believed() -> None:
    honest = bytearray(zipped({"a.txt": "x" * 5000}))
    central = honest.index(b"PK\x01\x02")
    honest[central + 24 : central + 28] = struct.pack("<I", 10)
    assert Read(bytes(honest)).undecided == {"a / file 1.txt": "broken"}


def test_what_is_packed_too_well_is_told() -> None:
    read = Read(zipped({"zeros.bin": bytes(8 * MEBIBYTE)}))
    assert read.undecided == {"a / file 1.bin": "compressed too much"}
    assert Read(gzip.compress(bytes(64 * MEBIBYTE))).undecided == {"a": "compressed too much"}


def test_archives_nested_too_deeply_are_told() -> None:
    content = zipped({"a.txt": "deep"})
    for _ in range(LIMITS.depth):
        content = zipped({"a.zip": content})
    assert list(Read(content).undecided.values()) == ["nested too deeply"]


def test_an_archive_that_holds_itself_is_stopped() -> None:
    """As the well-known quine does; here the reader is handed the same content each time that it asks."""
    content = zipped(
        {
            "r.zip": zipped(
                {"r.zip": zipped({"r.zip": zipped({"r.zip": zipped({"r.zip": zipped({"x": "y"})})})})}
            )
        }
    )
    assert set(Read(content).undecided.values()) == {"nested too deeply"}


def test_an_archive_whose_members_overlap_is_read_no_further_than_the_limit() -> None:
    member = zipped({"a.bin": bytes(200_000)})
    start = member.index(b"PK\x01\x02")
    end = member.index(b"PK\x05\x06")
    central = member[start:end] * 3000
    tail = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 3000, 3000, len(central), start, 0)
    read = Read(member[:start] + central + tail)
    assert read.undecided["a"] == "too many files in it"
    few = Read(
        member[:start]
        + member[start:end] * 400
        + b"PK\x05\x06"
        + struct.pack("<4H2IH", 0, 0, 400, 400, 400 * (end - start), start, 0),
        replace(LIMITS, unpacked=4 * MEBIBYTE),
    )
    assert few.undecided["a"] == "too large"


def test_many_archives_in_an_archive_share_one_limit() -> None:
    inner = zipped({f"{number}.txt": "x" for number in range(60)})
    read = Read(zipped({f"{number}.zip": inner for number in range(60)}))
    assert read.undecided["a"] == "too many files in it"
    assert len(read.parts) < 2 * LIMITS.files


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE x [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY a{n} '{'&a;' * 9}'>" for n in range(9))
        + "]><x>&a8;</x>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:t>&a;</w:t>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><w:t>text</w:t>",
        "<!DOCTYPE x [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]><w:t>text</w:t>",
    ],
    ids=["billion laughs", "a file", "an address", "a parameter"],
)
def test_xml_that_defines_what_is_elsewhere_is_refused(xml: str) -> None:
    read = Read(office({"word/document.xml": xml, "word/header1.xml": paragraphs("head")}))
    assert (read.parts, read.undecided) == ({"a / header": "head"}, {"a": "broken"})


def test_xml_of_many_levels_is_read() -> None:
    deep = "<w:p>" * 50_000 + "<w:t>SECRET</w:t>" + "</w:p>" * 50_000
    assert Read(office({"word/document.xml": f"<ROOT>{deep}</ROOT>"})).parts["a"] == "SECRET"


def test_a_pdf_whose_pages_lead_to_themselves_is_read_or_told() -> None:
    loop = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>",
        b"<</Type/Pages/Count 4/Parent 2 0 R/Kids[2 0 R]>>",
    ]
    _, undecided, _ = extract("a.pdf", assembled(loop), "a")
    assert undecided


def test_a_pdf_of_a_hundred_thousand_objects_is_read_in_time() -> None:
    many = pdf("SECRET", more=[b"<</Length 0>>stream\n\nendstream"] * 100_000)
    started = time.monotonic()
    parts, *_ = extract("a.pdf", many, "a")
    assert parts[0].text == "SECRET"
    assert time.monotonic() - started < LIMITS.seconds / 2


def test_a_pdf_whose_picture_is_packed_a_million_times_over_is_not_unpacked() -> None:
    stream = zlib.compress(zlib.compress(bytes(64 * MEBIBYTE), 9), 9)
    content = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream" % (len(stream), stream)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    whole = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content]
    started = time.monotonic()
    extract("a.pdf", assembled(whole), "a")
    assert time.monotonic() - started < LIMITS.seconds


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/raazdar-escaped",
        "/tmp/raazdar-escaped",  # noqa: S108
        "..\\..\\raazdar-escaped",
        "n" * 5000 + ".txt",
        "a\x00b\n\x1b[31m.txt",
    ],
    ids=["upwards", "from the root", "backslashes", "5,000 characters", "controls"],
)
def test_a_name_leads_nowhere(name: str) -> None:
    for archive in (
        zipped({name: "text"}),
        tarred({name: b"text"}),
        mail("x", {name.replace("\x00", "").replace("\n", ""): b"text"}),
    ):
        parts, undecided, _ = extract(name, archive, "a")
        assert "text" in [part.text for part in parts]
        assert undecided == ()
        assert all(len(part.name) < 40 and part.name.isprintable() for part in parts)
    assert not Path("/tmp/raazdar-escaped").exists()  # noqa: S108


def test_links_in_an_archive_are_not_followed() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo("link")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert Read(file.getvalue()).parts == {"a / file names": "link\nlink\nlink\nlink"}


def test_a_mail_of_many_levels_is_told() -> None:
    head = b"Subject: x\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
    )
    assert set(Read(head + nested + b"\r\ntext").undecided.values()) <= {"nested too deeply", "broken"}


def test_rtf_of_many_levels_is_read() -> None:
    read = Read(rb"{\rtf1 " + b"{" * 100_000 + b"SECRET" + b"}" * 100_000 + b"}")
    assert (read.parts, read.undecided) == ({"a": "SECRET"}, {})


def test_html_of_many_levels_and_empty_declarations_is_read_in_time() -> None:
    started = time.monotonic()
    assert "SECRET" in Read(b"<html>" + b"<div>" * 100_000 + b"SECRET").parts["a"]
    Read(b"<html>" + b"<!" * 100_000)
    assert time.monotonic() - started < LIMITS.seconds / 2


def test_html_that_python_parses_too_slowly_is_timed_out() -> None:
    limits = replace(LIMITS, seconds=0.5)
    _, undecided, _ = extract("a.html", b"<html>" + b"<a " * 100_000, "a", limits)
    assert undecided == (Undecided("a", "timed out"),)


def test_a_compound_file_that_leads_to_itself_is_told() -> None:
    content = bytearray(compound({"WordDocument": b"x" * 5000}))
    content[512 + 8 * 512 :] = struct.pack("<128I", *range(128)) * (len(content[512 + 8 * 512 :]) // 512)
    _, undecided, _ = extract("a.doc", bytes(content), "a")
    assert undecided


def test_a_file_over_the_limit_is_not_even_handed_over() -> None:
    assert extract("a", b"PK\x03\x04" + bytes(64 * MEBIBYTE), "a") == Extracted(
        undecided=(Undecided("a", "too large"),)
    )
