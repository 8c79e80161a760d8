"""Messages that have something to find, one kind at a time. No number in them is anybody's."""

from collections.abc import Callable, Mapping
from random import Random

from benchmarks.speed.grammar import Grammar

_TEMPLATES = {
    "before": ("pls check ", "sir ", "as asked: ", "bhai ye lo, ", "for the record, ", "hi all, ", ""),
    "after": ("", " thanks", " pls keep it safe", " jaldi", " 🙏", ", tell me when done"),
    "subject": (
        "release of funds for the third quarter",
        "posting of officers in the border districts",
        "revised import figures before the mission arrives",
        "talks with the delegation and our fallback position",
        "arrangements for the visit next month",
    ),
    "level": ("SECRET", "CONFIDENTIAL", "TOP SECRET", "RESTRICTED"),
    "code": ("300", "301", "321", "333", "345"),
    "person": ("Aslam Khan", "Rukhsana Bibi", "Naveed Akhtar", "Shazia Parveen"),
    "cnic": ("{before}cnic of {person} 3520#-4#####7-#{after}", "{before}CNIC 6110#-9#####6-#{after}"),
    "phone": (
        "{before}call {person} at 0{code}-4#####7{after}",
        "{before}his number is +92 {code} 5#####2{after}",
    ),
    "mail": ("{before}write to s.qureshi##@gmail.com{after}", "{before}mail n.akhtar@finance.gov.pk{after}"),
    "label": (
        "{level}\n{subject}",
        "{level}\n\nBrief for the meeting: {subject}.",
        "this letter is marked {level}, sharing it here: {subject}",
    ),
    "reference": (
        "{before}pull file F.No.1(1#)Imp/2021-3##{after}",
        "{before}the OM is No. F.4(#)R-1#/2019{after}",
        "{before}see No.F.7(1#)/2022-Admin{after}",
    ),
    "credential": (
        "{before}wifi password: Margalla@7##1{after}",
        "smtp_password=mXq!7#pLdd2",
        "{before}your OTP is 48#9#3{after}",
    ),
    "memo": (
        "GOVERNMENT OF PAKISTAN\nCABINET SECRETARIAT\nESTABLISHMENT DIVISION\n*****\n"
        "No. 7/1#/2024-D-III                    Islamabad, the 11th March, 2024\n\nOFFICE MEMORANDUM\n\n"
        "Subject: - {subject}\n\nThe undersigned is directed to refer to this Division's O.M. of even number"
        " dated 9th January, 2024 on the subject noted above and to state that the return is still awaited."
        "\n\n2. It is requested that the position may kindly be confirmed by Friday positively.\n\n"
        "({person})\nSection Officer\nTel: 051-920##4#",
    ),
}  # fmt: skip
_GRAMMAR = Grammar(_TEMPLATES)


def _written(name: str) -> Callable[[Random], str]:
    return lambda random: _GRAMMAR.text(name, random)


def _iban(random: Random) -> str:
    bank = random.choice(("SCBL", "HABB", "MEZN", "UNIL"))
    account = bank + "".join(random.choices("0123456789", k=16))
    rest = int("".join(str(int(char, 36)) for char in f"{account}PK00")) % 97
    return f"transfer to PK{98 - rest:02d}{account} today"


KINDS: Mapping[str, Callable[[Random], str]] = {
    name: _written(name) for name in ("cnic", "phone", "mail", "label", "reference", "credential", "memo")
} | {"iban": _iban}
"""What can leak, by its name: from a seed to a message."""


def deck(random: Random) -> list[str]:
    """The kinds in an order by chance, each once but for the memorandum, which people paste more rarely."""
    often = [name for name in KINDS for _ in range(1 if name == "memo" else 3)]
    random.shuffle(often)
    return often
