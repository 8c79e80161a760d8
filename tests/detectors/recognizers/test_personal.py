"""Identifiers are found in their written forms, exactly, and what only looks alike is left alone."""

import pytest

from detectors.recognizers.travel import check_digit

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAx7LmQz4WvT2bRcN9Yd\n-----END RSA PRIVATE KEY-----"
TOKEN = "ghp_BAA09dhCcEckech2gAaAF5891Cagg80fei03"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0ODI5MSJ9.k3VQz7LmWx2TbRc9Vn"

IDENTIFIERS = [
    ("my CNIC is 35202-1234567-1 ok", "PK_CNIC", "35202-1234567-1", "hyphens"),
    ("cnic 3520212345671", "PK_CNIC", "3520212345671", "bare digits with their word"),
    ("CNIC 35202 1234567 1", "PK_CNIC", "35202 1234567 1", "blanks"),
    ("35202–1234567–1", "PK_CNIC", "35202–1234567–1", "dashes"),
    ("شناختی کارڈ ۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "PK_CNIC", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "Urdu digits"),
    ("82202-1234567-0", "PK_CNIC", "82202-1234567-0", "Azad Kashmir, last digit 0"),
    ("CNIC 352O2-l234567-1", "PK_CNIC", "352O2-l234567-1", "letters for digits"),
    ("cnic 3 5 2 0 2 1 2 3 4 5 6 7 1", "PK_CNIC", "3 5 2 0 2 1 2 3 4 5 6 7 1", "set apart"),
    ("call 0300-1234567", "PHONE_NUMBER", "0300-1234567", "mobile"),
    ("call +92 300 1234567", "PHONE_NUMBER", "+92 300 1234567", "with country code"),
    ("office 051-9201234", "PHONE_NUMBER", "051-9201234", "landline"),
    ("to PK36SCBL0000001123456702 today", "IBAN_CODE", "PK36SCBL0000001123456702", "account"),
    ("PK36 SCBL 0000 0011 2345 6702", "IBAN_CODE", "PK36 SCBL 0000 0011 2345 6702", "account in groups"),
    ("card 4111 1111 1111 1111", "CREDIT_CARD", "4111 1111 1111 1111", "card"),
    ("mail a.khan@finance.gov.pk now", "EMAIL_ADDRESS", "a.khan@finance.gov.pk", "mail"),
    ("passport no AB1234567", "PK_PASSPORT", "AB1234567", "passport with its word"),
    ("NTN 4174941-3", "PK_NTN", "4174941-3", "tax number with its word"),
    ("Personnel No. 00123456", "PK_PERSONNEL_NUMBER", "00123456", "personnel number with its word"),
    ("his car is LEA-06-1234", "PK_VEHICLE_REGISTRATION", "LEA-06-1234", "plate with its word"),
    ("ssh to 10.20.30.40", "IP_ADDRESS", "10.20.30.40", "address with its word"),
    ("password: Tr0ub4dor&3", "CREDENTIAL", "Tr0ub4dor&3", "password"),
    (f"take {KEY} now", "CREDENTIAL", KEY, "private key"),
    (f"token {TOKEN}!", "CREDENTIAL", TOKEN, "token of a code host"),
    (f"bearer {JWT} from it", "CREDENTIAL", JWT, "signed token"),
    ("Chenab7 at https://ds:Chenab7@db.local/x", "CREDENTIAL", "Chenab7", "password in an address"),
    ("user=a.khan@finance.gov.pk", "EMAIL_ADDRESS", "a.khan@finance.gov.pk", "mail after its name"),
    ("nic 37405🌼2210943🌼7", "PK_CNIC", "37405🌼2210943🌼7", "emoji between the groups"),
    ("31303 dash 5507712 dash 9", "PK_CNIC", "31303 dash 5507712 dash 9", "hyphens told in words"),
    ("call 0333*5521904", "PHONE_NUMBER", "0333*5521904", "a mark in a mobile number"),
    ("DS (Budget) 051-9207733", "PHONE_NUMBER", "051-9207733", "a landline after an office"),
    ("021-99203318 ext 12", "PHONE_NUMBER", "021-99203318", "the extension is no part of it"),
    ("personnel nos 30521877", "PK_PERSONNEL_NUMBER", "30521877", "its word in the plural"),
    ("imap_password=Kdd!91pmXq", "CREDENTIAL", "Kdd!91pmXq", "a setting"),
    ("log in, pass R4vi#771x", "CREDENTIAL", "R4vi#771x", "a password after its short name"),
    ("Ravi#4471 hai portal ka password", "CREDENTIAL", "Ravi#4471", "a password before its word"),
    ("OTP for the salary portal is 771204", "CREDENTIAL", "771204", "a code at the end of a sentence"),
    ("a.khan [at] gmail [dot] com", "EMAIL_ADDRESS", "a.khan [at] gmail [dot] com", "mail in disguise"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "entity", "cut"), [row[:3] for row in IDENTIFIERS], ids=[row[3] for row in IDENTIFIERS]
)
def test_an_identifier_is_found_exactly(found, text: str, entity: str, cut: str) -> None:
    assert found(text) == [(entity, cut)]


def test_identity_numbers_in_a_list_of_names_speak_for_each_other(found) -> None:
    text = "convoy\nAslam 3720110456712\nNadia 3530270228193"
    assert found(text) == [("PK_CNIC", "3720110456712"), ("PK_CNIC", "3530270228193")]


LOOKALIKES = [
    ("Aslam 3720110456712", "one number after a name"),
    ("soap 3600523417414, tea 4100523417418", "articles of a shop"),
    ("start 1712345678901\nend 1712345679907", "time stamps"),
    ("EAN 0012345678905", "an article that reads as an American telephone"),
    ("49.99 @ nokiausa.com", "a price at a shop"),
    ("1700000000000", "a time stamp"),
    ("3520212345671", "thirteen digits without a word"),
    ("35202-123456-1", "a digit short"),
    ("AB1234567", "a passport's shape alone"),
    ("4174941-3", "a tax number's shape alone"),
    ("BPS-17 officer has a car", "a pay scale"),
    ("F-16 over the city", "an aircraft"),
    ("version 1.2.3.4", "a version"),
    ("PK27MPBL1181017140122674", "wrong check digits"),
    ("4111 1111 1111 1112", "wrong check digit"),
    ("password is required", "no password"),
    ("password: <your password>", "a place holder"),
    ("PKR 12,500/-", "money"),
    ("http://user:pass@server/x", "an address in a manual"),
    ("-----BEGIN RSA PRIVATE KEY-----", "the head of a key without the key"),
]


@pytest.mark.parametrize("text", [row[0] for row in LOOKALIKES], ids=[row[1] for row in LOOKALIKES])
def test_a_lookalike_is_left_alone(found, text: str) -> None:
    assert found(text) == []


def test_the_recognizer_is_named_after_what_it_knows(findings) -> None:
    (one,) = findings("my CNIC is 35202-1234567-1")
    assert (one.evidence.recognizer, one.evidence.context_words) == ("PkCnicRecognizer", ("cnic",))


def test_a_local_mobile_is_pakistani(findings) -> None:
    (one,) = findings("0333-5543458")
    assert one.attributes["region"] == "PK"


def test_a_list_of_identifiers_is_found_whole(found) -> None:
    text = "\n".join(f"3520{n}-1234567-{n}" for n in range(1, 6))
    assert len(found(text)) == 5


def _zone(number: str = "AB1234567") -> str:
    first = "P<PAKKHAN<<AHMED".ljust(44, "<")
    birth, expiry = "900101", "300101"
    second = (
        f"{number}{check_digit(number)}PAK{birth}{check_digit(birth)}M{expiry}{check_digit(expiry)}".ljust(
            42, "<"
        )
        + "00"
    )
    return f"{first}\n{second}"


def test_a_machine_readable_zone_is_found_with_its_check_digits(findings) -> None:
    (one,) = findings(_zone())
    assert (one.entity, one.evidence.validation) == ("PK_PASSPORT", "3 of 3 check digits")


def test_check_digits_are_those_of_the_standard() -> None:
    assert check_digit("L898902C3") == "6"  # the specimen of ICAO Doc 9303


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("AKIAIOSFODNN7EXAMPLQ", "AWS Access Key"),
        ("git clone https://deploy:S3cretPass99@example.org/x.git", "Basic Auth Credentials"),
    ],
)
def test_keys_and_tokens_are_found_by_detect_secrets(findings, line: str, kind: str) -> None:
    assert kind in [one.evidence.pattern for one in findings(line) if one.entity == "CREDENTIAL"]
