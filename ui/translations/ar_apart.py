"""Arabic words for what was done apart: two versions of a draft, acts that are not in the record yet or do not count."""

APART: dict[str, str] = {
    "1 is {one}'s, 2 is {two}'s. Struck through: what stood before both. Underlined: what was put in. Decide at each place.": (
        "1 لِـ{one}، و2 لِـ{two}. المشطوب: ما كان قبلهما. المسطّر تحته: ما أُضيف. قرّر عند كل موضع."
    ),
    "All is decided.": "تقرر كل شيء.",
    "both alike": "كلاهما سواء",
    "Both changed this.": "غيّره كلاهما.",
    "Both wrote here.": "كتب كلاهما هنا.",
    "Only {person} changed this.": "لم يغيّره إلا {person}.",
    "Only {person} wrote here.": "لم يكتب هنا إلا {person}.",
    "Leave it “{words}”": "إبقاؤه «{words}»",
    "Or write it anew": "أو اكتبه من جديد",
    "Use this": "استخدام هذا",
    "you, not handed in": "أنت، لم يُسلَّم بعد",
    "Warning before the text": "تنبيه قبل النص",
    "Who may see it": "من يراه",
    "Order of the pictures": "ترتيب الصور",
    "Goes out no sooner than": "لا يُنشر قبل",
    "Corrects": "تصحّح",
    "Replies to": "ترد على",
    "Quotes": "تقتبس",
    "Goes to {account}": "يُنشر على {account}",
    "Picture {n}": "الصورة {n}",
    "What picture {n} shows": "ما تُظهره الصورة {n}",
    "Post of picture {n}": "منشور الصورة {n}",
    "It goes there": "يُنشر هناك",
    "It does not go there": "لا يُنشر هناك",
    "Keep it": "إبقاؤها",
}
