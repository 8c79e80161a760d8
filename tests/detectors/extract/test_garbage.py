"""Text layers of pages: what can't be what the page shows is told from everything that can."""

import pytest

from detectors.extract.garbage import reads_as_garbage

MEMO = """GOVERNMENT OF PAKISTAN
FINANCE DIVISION (BUDGET WING)
No. F.7(3)/2023-Bud.II                                  Islamabad, the 14th March, 2023
OFFICE MEMORANDUM
Subject: SUPPLEMENTARY GRANTS FOR THE FINANCIAL YEAR 2022-23
The undersigned is directed to refer to the Establishment Division's O.M. of even number, and to say that
the competent authority has approved, w.e.f. 1st April, an allocation of Rs. 5,250.75 million (BPS-17 & above).
2. The figures are confidential until they have been laid before the House."""
URDU = """حکومتِ پاکستان، وزارتِ خزانہ
نمبر ف۔۷(۳)/۲۰۲۳، اسلام آباد، مورخہ ۱۴ مارچ ۲۰۲۳ء
عنوان: ضمنی گرانٹس برائے مالی سال ۲۳-۲۰۲۲ (خفیہ)
زیرِ دستخطی کو ہدایت کی گئی ہے کہ مجاز حکام نے 5,250 ملین روپے کی منظوری دے دی ہے۔"""


def by_order(text: str, first: int) -> str:
    """The text as a subset font numbers its shapes: in the order in which they come, from `first` on."""
    codes: dict[str, str] = {}
    return "".join(
        char if char.isspace() else codes.setdefault(char, chr(first + len(codes))) for char in text
    )


def shifted(text: str, by: int, blanks: bool = True) -> str:
    """The text as the numbers of its shapes in a font that keeps them in the order of ASCII."""
    return "".join(chr(ord(char) + by) if char > " " or (blanks and char == " ") else char for char in text)


@pytest.mark.parametrize(
    "text",
    [
        shifted(MEMO, -29),
        shifted(MEMO, -29, blanks=False),
        shifted(MEMO, 31),
        by_order(MEMO, 0x21),
        by_order(MEMO, 0x80),
        by_order(URDU, 0x21),
        by_order(URDU, 0xA1),
        by_order(URDU, 0xE000),
        URDU.encode().decode("latin-1"),
        URDU.encode("cp1256", "replace").decode("cp1252", "replace"),
        MEMO.replace("fi", "\x0e").replace("ff", "\x0b"),
        MEMO.replace("e", "\ufffd"),
        MEMO[:60] + "\n" + by_order(URDU, 0xE000),
        "ZÏ» x Zzg @* 7ìÔ ¬x Å }Z gzi~ ÐŠ „ÐŠ Zzg ‡ðÃ gzZ: HY @*ì X Ñ* å „ V Ãð Zzg ZÏ§b /Ä Y @* ìX",
        "7KLV LV D VHFUHW RI WKH FDELQHW DQG QRW IRU SXEOLFDWLRQ",
        "6(&5(7 &21),'(17,$/ 0,187(6",
    ],
    ids=[
        "numbers of shapes", "with blanks", "shifted up", "by order from 21", "by order from 80",
        "Urdu by order", "Urdu in western letters", "Urdu in private use", "UTF-8 read as Latin-1",
        "Arabic read as western", "missing ligatures", "replaced", "half a page", "old typesetting",
        "one line", "a heading",
    ],
)  # fmt: skip
def test_what_a_page_cannot_show_is_told(text: str) -> None:
    assert reads_as_garbage(text)


@pytest.mark.parametrize(
    "text",
    [
        MEMO,
        URDU,
        MEMO + URDU,
        "".join(f"\uf0b7 {line}\n\uf0a7{line}\n" for line in MEMO.split("\n")),
        "Alle Menschen sind frei und gleich an Würde und Rechten geboren; Straßenverkehrsordnung § 3 Abs. 2 GüKG.",
        "L’an dernier, où l’élève s’était évadé, « près de là », à Évreux : c’est-à-dire 12 % des dépôts de l’État.",
        "Tất cả mọi người sinh ra đều được hưởng tự do và bình đẳng về nhân phẩm và quyền lợi.",
        "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Strč prst skrz krk.",
        "Hver maður er borinn frjáls og jafn öðrum að virðingu og réttindum. Það er æðsta skylda þjóðarinnar.",
        "Aap ko bataya jata hai ke yeh khat khufia hai, kisi ko mat dikhana, shukriya.",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
        "Все люди рождаются свободными и равными в своем достоинстве и правах (ст. 1).",
        "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
        "35202-1234567-1  (1,250.00)  +12.5%  Rs.5,000/=  2023-03-14  14:30  LEA-1234  PK36SCBL0000001123456702\n" * 9,
        "PTCL NADRA FBR SNGPL WAPDA NHA BPS-17 BS-20 PMDU GHQ ISPR NDMA SBP SECP OGRA NEPRA PPRA CDA",
        "Introduction ........................ 3\nScope ______________ 4\n-----------------\n=====\n1. 2. 3.",
        "for (int i = 0; i < n; i++) { a[i] = f(b->c, &d); } // see https://example.org/x?y=1&z=2#top\n",
        "if [ \"$1\" != \"\" ]; then grep -E '^[a-z]+$' \"${file}\" | sort -u > out.txt; fi",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 secretary@finance.example",
        "H2SO4 + 2NaOH → Na2SO4 + 2H2O at 25°C; E = mc², Σxᵢ ≤ √n, 10 kΩ ± 5 %",
        "12",
        "x = −b ± √(b²−4ac)",
        "SECRET",
        " \n\t",
        "",
    ],
    ids=[
        "memo", "Urdu", "both", "bullets of a symbol font", "German", "French", "Vietnamese", "Czech",
        "Icelandic", "Roman Urdu", "Hindi", "Russian", "Chinese", "Thai", "table", "abbreviations",
        "rules and leaders", "C", "shell", "fingerprint", "formulas", "page number", "one formula",
        "one word", "blanks", "nothing",
    ],
)  # fmt: skip
def test_what_a_page_can_show_is_not(text: str) -> None:
    assert not reads_as_garbage(text)


def test_a_long_page_is_judged_in_time_that_grows_with_it() -> None:
    for word in ("a1", "aB", "ab\u0301", "(1)", "x-", "A.", "//", "\u0627a"):
        reads_as_garbage(word * 200_000)
