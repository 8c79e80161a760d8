"""What stands on the papers. All of it is made up; no name, number or office is real."""

LABELLED_SUBJECTS = (
    "Release of funds for the third quarter",
    "Posting and transfer of officers in BS-19",
    "Security arrangements for the visit of the delegation",
    "Summary for the Cabinet on revised tariffs",
    "Minutes of the inter-ministerial meeting on border management",
)
LABELLED_LINES = (
    "The undersigned is directed to refer to the subject noted above and to say that",
    "the competent authority has been pleased to approve the proposal of the Division",
    "with effect from the date on which the officer takes over charge of the post.",
    "2. It is requested that the position may kindly be confirmed by Friday and that",
    "the figures for the current year are put up together with the earlier reference.",
    "3. The Committee noted with concern that two of the reports had not been received",
    "and decided that the matter be placed before the Secretary without further delay.",
    "4. Copies are forwarded for information and such action as is considered necessary.",
    "5. This issues with the approval of the Additional Secretary (Administration).",
)
LABELLED_URDU = (
    "مجھے یہ کہنے کی ہدایت ہوئی ہے کہ مجاز اتھارٹی نے تجویز کی منظوری دے دی ہے۔",
    "۲۔ متعلقہ ڈویژن سے درخواست ہے کہ اپنی رپورٹ جمعہ تک ارسال کرے۔",
    "۳۔ اجلاس کی کارروائی تمام متعلقہ افسران کو بھیجی جا رہی ہے۔",
    "۴۔ یہ مراسلہ ایڈیشنل سیکرٹری کی منظوری سے جاری کیا جاتا ہے۔",
)
CLEAN = (
    ("Lentil soup for six", (
        "Wash two cups of red lentils until the water runs clear and leave them to drain.",
        "Fry one onion, three cloves of garlic and a spoon of cumin in a little oil.",
        "The secret of a good soup is patience: stir, wait, and stir again.",
        "Add the lentils, eight cups of water and a bay leaf, and simmer for forty minutes.",
        "Salt comes last. Serve with lemon, fresh coriander and warm bread.",
    )),
    ("Newsletter of the Garden Club, spring", (
        "Our plant sale takes place on the second Saturday of April behind the library.",
        "Entry is free and unrestricted; children are welcome and so are dogs on a lead.",
        "Roses want pruning now. Mr Hill shows how on Tuesday at four in the walled garden.",
        "We thank everybody who came to the evening on bees, and the confident young speaker.",
        "Membership stays at twelve a year, and at five for students and pensioners.",
    )),
    ("Invoice 20418", (
        "2 desks, oak, 140 by 70                                      410.00",
        "4 chairs with arms, grey                                     356.00",
        "1 lamp, brass                                                 48.50",
        "Delivery to the second floor                                  25.00",
        "Total, payable within thirty days                            839.50",
    )),
    ("Mathematics, week 12", (
        "1. A train leaves the station at nine and covers 84 km in the first hour.",
        "2. Draw the triangle with the sides 3, 4 and 5 and find its largest angle.",
        "3. Which of these functions is continuous, and on which interval?",
        "4. Estimate the number of marbles in the jar, and say how you went about it.",
        "Hand your work in on Monday. Working together is allowed and encouraged.",
    )),
    ("House rules of the guest house", (
        "Breakfast is from seven to ten in the room to the left of the stairs.",
        "Please leave wet boots in the hall and take the slippers that stand there.",
        "The gate closes at eleven; your key opens it at any time of the night.",
        "Parking in the yard is restricted to guests who stay for more than a night.",
        "Whatever you miss, ask at the desk. We classify no wish as too small.",
    )),
    ("Report on the football tournament", (
        "Eleven teams came, and the weather held until the last half of the final.",
        "The top scorer, with nine goals, was again the goalkeeper's younger sister.",
        "Nobody kept it a secret that the referee had been in the same class as both captains.",
        "The cup goes to the visitors for a year, and the cake went to everybody.",
        "The committee meets in May to decide on the dates for next summer.",
    )),
)  # fmt: skip
CLEAN_URDU = (
    ("دال بنانے کی ترکیب", (
        "دو پیالی دال کو اچھی طرح دھو کر آدھا گھنٹہ بھگو دیں۔",
        "پیاز کو ہلکا سنہرا ہونے تک تیل میں بھونیں اور زیرہ ڈالیں۔",
        "نمک آخر میں ڈالیں اور گرم روٹی کے ساتھ پیش کریں۔",
    )),
    ("باغبانی کلب کا خبرنامہ", (
        "پودوں کی نمائش ہفتے کے دن کتب خانے کے پیچھے ہو گی۔",
        "بچوں کا داخلہ مفت ہے اور سب کو آنے کی دعوت ہے۔",
        "گلاب کی کٹائی کا طریقہ منگل کو چار بجے سکھایا جائے گا۔",
    )),
)  # fmt: skip
