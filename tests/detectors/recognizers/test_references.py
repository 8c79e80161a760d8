"""Reference numbers of all families are found whole, and their look-alikes are left alone."""

import pytest

REFERENCES = [
    ("F.No.1(10)Imp/2016-392", "federal, bracket form"),
    ("O.M No.4(2)R-2/1996-235/2010", "office memorandum"),
    ("No.F,2(3)/2023-Cord", "comma for a dot"),
    ("O.M.No.F.1(2)Imp/ 2016-333", "a stray blank"),
    ("No.8/6/2017-E-2", "federal, slash form"),
    ("No. 8/12/D7(MAG)/2021", "slash form, four parts"),
    ("No.F.8-2/2004-Admn-II", "federal, hyphen form"),
    ("No. 4-1/2018-Min-I", "hyphen form without file head"),
    ("No. SORI(SGA&CD)2-25/2024", "provincial secretariat"),
    ("No SOW-I(S&GAD)28-4/95(Association)", "provincial, no stop"),
    ("No. TO-VII((PH)NCOV-2/2020/32", "unbalanced brackets"),
    ("SO (Admn)/RR&SD/2-49/2020", "no prefix at all"),
    ("No.FD.SR-II/1-3/2000", "provincial finance"),
    ("No. FD.PC.39-14/77(Pt.IV)APCA/2008(Provl)", "provincial finance, long"),
    ("NO.PAS/Legis-G-45/2018/3366", "office path"),
    ("NEPRA/TRF-92/HUBCO-2008/", "regulator's path"),
    ("D.O. No. F.3(2)/2023-DS(A)", "demi-official"),
    ("U.O. No. 1(5)-B&A/2022-310", "un-official"),
    ("Endst. No. 1234-40/Admn", "endorsement"),
    ("of even number dated 30-12-2014", "pointer"),
    ("نمبر 5(3)/2023-انتظامیہ", "Urdu"),
    ("چٹھی نمبر ڈی سی او/خوشاب/772", "Urdu, an office path"),
    ("Memo No. 1874/KB", "a serial and a clerk"),
    ("No. Account-II & III/Bank Notes/2016-17/HM/402", "a path with words in it"),
    ("FD . SR - I / 4 - 21 / 2016", "provincial finance, blanks everywhere"),
    ("FDSRII-3-118/2012", "provincial finance, dots lost"),
    ("C.No.IV(5)7/CC/Admn/2019", "a registry's prefix"),
]


@pytest.mark.parametrize("text", [row[0] for row in REFERENCES], ids=[row[1] for row in REFERENCES])
def test_a_reference_is_found_whole(found, text: str) -> None:
    around = f"refer to {text} , please"
    assert ("DOCUMENT_REFERENCE", text) in found(around)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("see No.FD.SR-II/1-3/2000 dated 26.04.2012 (Copy enclosed)", "No.FD.SR-II/1-3/2000"),
        ("(vide No. 3(1)R-2/2014-889)", "No. 3(1)R-2/2014-889"),
        ("SO(B-II)4-19/2023 finance ne wapis kar diya", "SO(B-II)4-19/2023"),
    ],
    ids=["before its date", "inside a bracket", "before the words after it"],
)
def test_a_reference_ends_where_its_number_ends(found, text: str, number: str) -> None:
    assert [cut for entity, cut in found(text) if entity == "DOCUMENT_REFERENCE"] == [number]


@pytest.mark.parametrize("text", ["S.R.O. 1248(I)/2006", "1711(I)2024", "SRO 1160(1)/2014", "S.R.O.488"])
def test_a_published_instrument_is_said_to_be_one(findings, text: str) -> None:
    (one,) = findings(f"see {text}")
    assert one.attributes["public"] is True


LOOKALIKES = [
    ("C.P. No.D-1313 of 2014", "court petition"),
    ("Writ Petition No.3151/2016", "writ"),
    ("Civil Appeal No. 50-Q of 2012", "appeal"),
    ("FIR No. 123/2023", "police report"),
    ("PLD 1981 SC 531", "law report"),
    ("Section 31(4)", "section"),
    ("Act No. LXXI of 1973", "statute"),
    ("Invoice No. INV/2023/0045", "invoice"),
    ("Roll No. 2019-CS-12", "student"),
    ("House No. 4, F-8/3", "address"),
    ("AC/35-D/2002-REV2", "NATO paper"),
    ("2001/264/EC", "EU act"),
    ("v1.2(3)/2023-rc2", "version"),
    ("D.O.B. 12-03-1990", "birthday"),
    ("DO NOT ENTER 4(2)", "instruction"),
    ("nodejs-private/node-private", "a path in code"),
    ("nodes[1].type", "an expression in code"),
    ("سوال نمبر ۵(۲)", "a question in Urdu"),
]


@pytest.mark.parametrize("text", [row[0] for row in LOOKALIKES], ids=[row[1] for row in LOOKALIKES])
def test_a_lookalike_is_left_alone(found, text: str) -> None:
    assert found(f"see {text} there") == []


def test_a_reference_is_not_a_telephone_number(found) -> None:
    assert [entity for entity, _ in found("NO.PAS/Legis-G-45/2018/3366")] == ["DOCUMENT_REFERENCE"]
