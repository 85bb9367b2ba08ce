"""Invented articles in the layouts of real ones, with all that editors, converters and keyboards do to them."""

import unicodedata

HEADLINES = [
    "الوزيرة تعلن خطة المياه",
    "السالمي: {o}المصنع يفتح في الصيف{c}",
    "رابطة السنابل تدين {o}الإهمال{c} في وادي النحل",
    "رئيس البلدية: الجسر يفتح قبل العيد",
]
LINES = [
    "نشر في 24 أغسطس 2020",
    "24 أغسطس 2020",
    "الأحد 4 مايو 2014 - 10:22",
    "Ru En Fr",
    "كتبت: سلمى الحداد",
    "وادي النحل - سلمى الحداد",
    "الصورة: وكالة النهر",
    "المصدر: وكالة أنباء النهر",
    "المصنع في أرقام",
    "***",
    "SALMA AL-HADDAD",
    "اقرأ أيضا: {o}المصنع الذي لا ينام{c}",
    "» بند أول من الخطة",
    "« بند ثان من الخطة",
    "• بند ثالث",
    "- {o}بند رابع{c}",
    ">> المزيد من الأخبار",
    '1. شاشة قياس 55" بسعر 300 دينار',
    "2. أنبوب قطره 2.5'' وطوله 6' و3\"",
    "دام اللقاء 5'30\" قبل أن يتوقف",
    "من جيل '90 إلى جيل '68",
    "فرقة Rock'n'Roll وفيلم Singin' in the Rain",
    "مقهى L'Étoile و workers' club",
    "ولاية O‘Brien و D’Artagnan في الرواية",
    "درجة الحرارة 40° و5′ و3″ شرقا",
    "ثم كتب ,,نص طويل قليلا'' على الجدار",
    "(({ا}لمصنع لنا)) كتب العمال".replace("{ا}", "ا"),
    "﴿كلام منزل﴾ ثم سكت",
    "رقم الهاتف ٠١٢٣ ۴۵۶ 789",
    'البريد: "info@example.org"',
    "{o}{c}",
    "{o}",
    "{c}",
    "{o} {c} {o}",
    ".",
    "د. سعاد النجار، م. رامي الخطيب، أ. هدى السالمي",
]
SAID = [
    "سنفتح المصنع في الصيف المقبل",
    "لن نغلق المصنع أبدا",
    "نعم",
    "خطرة جدا",
    "ضرورة العمل معا في وادي النحل",
    "قال لي أبي: {i}اصبر يا بني{j} فصبرت",
    'الشاشة 55" أكبر من غيرها',
    "عددهم 55",
    "تسعى فعليا",
    "أن المدينة تحتاج إلى الماء يوم 3 أيار 2021",
    "المهندسة سعاد النجار من بلدية وادي النحل وعدتنا في مارس الماضي",
    "عاش '68 كله",
    "كتاب {i}النهر{j} لرئيس الحكومة",
]
WHO = [
    "الوزيرة هدى السالمي",
    "رئيسة بلدية وادي النحل، سلمى الحداد،",
    "متحدث باسم رئيسة الحكومة",
    "المتحدث باسم وزارة الشؤون الاجتماعية",
    "وزير الخارجية والمغتربين رامي الخطيب",
    "الوزير",
    "الرئيس التنفيذي لشركة {o}الأفق{c}",
    "{o}رابطة السنابل{c}",
    "جمعية {o}أصدقاء النهر{c}",
    "مصدر أمني",
    "مصادر محلية وإعلامية",
    "شقيق الغريق والأقرب إليه",
    "الأمين العام لجامعة الدول العربية",
    "رئيس مصر",
    "نائب رئيس الوزراء وزير المالية د. سالم شديد",
    "شهود عيان",
    "بيان للرئاسة",
    "وكالة الأنباء المحلية عن مسؤول كبير",
    "",
]
FRAMES = [
    "قال {w}: {o}{s}{c}.",
    "وقالت {w} إن {o}{s}{c}.",
    "وقال {w} إن المدينة {o}{s}{c} إلى الحل.",
    "{o}{s}{c}، يقول {w}.",
    "ووصف {w} الطريق بأنها {o}{s}{c}.",
    "وأكد {w} أن {s} رغم كل شيء.",
    "وأضاف {w} قائلا {o}{s}{c}، مشيرا إلى أن {o}{t}{c} كانت السبب.",
    "ونقلت {w} قوله إن {o}{s}{c}.",
    "وبحسب {w}، {s}. وقد {o}{t}{c}.",
    "بـ{o}{s}{c} وصف {w} الأمر، وبـ{o}{t}{c}.",
    "وتساءل {w}: {o}{s}؟{c} ثم أجاب: {o}{t}!{c}",
    "اتهم {w} {w2} بأنه {o}{s}{c}.",
    "وقال {w}:",
    "{o}{s}{c}",
    "{o}{s}.",
    "{s}{c}.",
    "{o}{o}{s}{c}{c} كما قال {w}.",
    "وقال {w}، يوم 12 رمضان 1445 هـ، إنه {o}{s}{c} في عام {o}2017{c}",
    "في مدينة {o}القاهرة{c} قال {w} ل{o}الشرق{c} إن {s}.",
    "وزار {w} {w2} في {o}{t}{c}.",
]
OVER = [
    "قالت {w}: {o}{s}.\n{o}{t}.\n{o}{s}{c}.",
    "قالت {w}: {o}{s}{c}.\n{o}{t}{c}.",
    "قالت {w}: {o}{s}.\n{t}.\nو{s}{c}. وأضافت: {o}{t}{c}.",
    "وقالت {w}:\n{o}{s}. {t}.\n{o}{s}{c}.",
    "{o}{s}.\n{o}{t}{c}، قالت {w}.",
    "سلمى الحداد:\n{o}{s} {i}{t}{j} {s}{c}",
    "قالت {w}: {o}{s}.\nوانتهى الخبر.",
]
PAIRS = [
    *[('"', '"')] * 4,
    *[("«", "»")] * 3,
    *[("“", "”")] * 2,
    *["»«", "””", "„“", "„”", "‟”", "‹›", "''", "‘’", "’’", "‚‘", "‛’", "＂＂", "＇＇", "〝〞", "〝〟", "「」", "『』"],
    *["﹁﹂", "﹃﹄", "｢｣", "❝❞", "❛❜", "⹂“", '"”', "“»", "«\"", "'\"", "`'", "´´", "″″"],
    *[("''", "''"), ("``", "''"), ("‘‘", "’’"), ("<<", ">>"), ("‹‹", "››"), ('""', '""'), ("'\"", "\"'"), ("“ ", " ”")],
    *[('" ', ' "'), ("« ", " »"), (",,", "''"), ("«“", "”»"), ('"«', '»"'), ("((", "))"), ("“‘", "’”"), ("/", "/")],
]  # fmt: skip
HIDDEN = [
    *"\ufeff\u200b\u200c\u200d\u200e\u200f\xad\u2060\u202a\u202b\u202c\u202e\u2066\u2067\u2069\u061c\u034f\u180e\u2064",
    *"\ufe0e\ufe0f\ufffc\ufffe\uffff\ufdd0\x00\x01\x07\x08\x1b\x7f\x80\x9f\u206a\ufff9\u3164\u115f",
    *["\U000e0001", "\U000e0041", "\U0001fffe", "\U000e0100", "\u200e\u200f", "\ufeff\ufeff"],
]
ODD = [
    *"\ue000\uf0b7\ufffd\ufefb\ufe8e\ufdf2\ufe76\ufb56\u06dd\u0600\u0640\u0651\u0670\u064b\u0654\u0653\xa0\u202f\u3000\t",
    *["ـــ", "  ", "…"],
    *[ "Ø§Ù", "&nbsp;", "&quot;", "<b>", "</p>", "ﻼ", "أٔ", "لا\u064b\u0651", "😀", "❤\ufe0f", "(", ")"],
    *["،", ":", "؟!"],
]  # fmt: skip
BREAKS = ["\n"] * 8 + ["\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c", "\n \n", " \n\t"]


def line(rng, marks):
    """A paragraph or several, with one way to write marks."""
    opening, closing = marks
    inner = rng.choice(PAIRS)
    kind = rng.random()
    frame = rng.choice(LINES if kind < 0.2 else OVER if kind < 0.35 else FRAMES)
    words = {"w": rng.choice(WHO), "w2": rng.choice(WHO), "s": rng.choice(SAID), "t": rng.choice(SAID)}
    text = frame.format(o="{o}", c="{c}", i="{i}", j="{j}", **words)
    return text.format(o=opening, c=closing, i=inner[0], j=inner[1]).replace("\n", "\n\n" if kind > 0.3 else "\n")


def layout(rng):
    """An article of some lines."""
    marks = rng.choice(PAIRS)
    lines = [rng.choice(HEADLINES).format(o=marks[0], c=marks[1])]
    lines += [line(rng, marks if rng.random() < 0.8 else rng.choice(PAIRS)) for _ in range(rng.randrange(1, 9))]
    if rng.random() < 0.15:
        lines.insert(1, lines[0])
    if rng.random() < 0.15:
        lines.append(rng.choice(lines))
    if rng.random() < 0.1:
        lines = [" ".join(lines)]
    return mutated("".join(text + rng.choice(BREAKS) for text in lines), rng)


def mutated(text, rng):
    """A text with something put in, taken out or turned round in it, or written in another form."""
    for _ in range(rng.choice([0, 0, 1, 1, 2, 5])):
        place = rng.randrange(len(text) + 1)
        change = rng.randrange(6)
        if change < 2:
            text = text[:place] + rng.choice(HIDDEN) + text[place:]
        elif change == 2:
            text = text[:place] + rng.choice(ODD) + text[place:]
        elif change == 3:
            spots = [spot for spot, letter in enumerate(text) if letter in "\"“”«»'‘’.:،"]
            spot = rng.choice(spots or [0])
            text = text[:spot] + rng.choice(["", text[spot : spot + 1] * 2, '"', "»", "«", "'"]) + text[spot + 1 :]
        elif change == 4:
            text = text[:place] + text[place + rng.choice([1, 3, 20]) :]
        else:
            text = rng.choice(
                [text.swapcase(), unicodedata.normalize("NFD", text), unicodedata.normalize("NFKD", text)]
            )
    return text or "."
