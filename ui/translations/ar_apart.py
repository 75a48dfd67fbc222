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
    "Your decision has not reached the office": "قرارك لم يصل إلى المكتب",
    "Signed here {when} UTC: {word}. Nobody there knows of it, and it counts only once it is there: in time, and on a text "
    "that is still the same. It goes by itself when this desk is in touch again, or with a stick.": (
        "وُقّع هنا {when} UTC: {word}. لا أحد هناك يعلم به، ولا يُعتدّ به إلا متى وصل: في الوقت، وعلى نص لم يتغير. "
        "ينتقل من تلقاء نفسه متى عاد الاتصال، أو على وحدة تخزين."
    ),
    "What you signed {when} UTC does not count: {word}": "ما وقّعته {when} UTC لا يُعتدّ به: {word}",
    "I have read it": "قرأته",
    "Read. It stays in what happened.": "قُرئ. يبقى في سجل ما حدث.",
    "not yet in the record": "ليس في السجل بعد",
    "{word}: has not reached the office": "{word}: لم يصل إلى المكتب",
    "It has not reached the office yet.": "لم يصل إلى المكتب بعد.",
    "Your decision is in the office's record.": "قرارك في سجل المكتب.",
    "not yet in": "ليس فيه بعد",
    "signed here": "وُقّع هنا",
    "Does not count": "لا يُعتدّ به",
    "What you did that does not count": "ما فعلته ولا يُعتدّ به",
    "Something that you did does not count.": "شيء فعلته لا يُعتدّ به.",
    "A decision of yours does not count.": "قرار لك لا يُعتدّ به.",
}
