"""Arabic words for what people do with lines and relays, and for what they are told of them."""

VOICE_ACTS: dict[str, str] = {
    "A government does not carry agreed wording.": "حكومة لا تنشر صيغة متفق عليها.",
    "Agreed wording posted otherwise": "صيغة متفق عليها نُشرت بغير كلماتها",
    "Agreed wording that was taken on does not stand any more.": "صيغة متفق عليها قُبل نشرها لم تعد قائمة.",
    "Agreed wording that was to be carried is overdue.": "صيغة متفق عليها تأخر نشرها عن موعده.",
    "Agreed wording to carry": "صيغة متفق عليها للنشر",
    "Agreed wording to carry: half of the time is over.": "صيغة متفق عليها للنشر: انقضى نصف المهلة.",
    "Agreed wording to carry: the time is soon over.": "صيغة متفق عليها للنشر: توشك المهلة أن تنقضي.",
    "Agreed wording was posted with other words in it.": "نُشرت صيغة متفق عليها بكلمات أخرى.",
    "Agreed wording: asked, overdue, declined, drifted": "الصيغ المتفق عليها: مطلوبة، متأخرة، معتذر عنها، محرّفة",
    "Another line took the place of this one: its post does not go out.": "حلّت صيغة أخرى محل هذه: منشورها لا يُنشر.",
    "Does not stand any more": "لم تعد قائمة",
    "Line declined": "اعتُذر عن الصيغة",
    "Line overdue": "صيغة متأخرة",
    "The line is not agreed any more: its post does not go out.": "لم تعد الصيغة متفقاً عليها: منشورها لا يُنشر.",
    "The office took this back.": "سحب المكتب هذا الطلب.",
    "Took back what an account was asked to carry": "سحب ما طُلب من حساب نشره",
    "You are asked to carry agreed wording.": "يُطلب منك نشر صيغة متفق عليها.",
}
