"""Arabic for ends that were none, and the file for whoever helps."""

SUPPORT: dict[str, str] = {
    "Copy the report": "نسخ التقرير",
    "For whoever helps you": "لمن يساعدك",
    "G20 Desk ended unexpectedly: {when}.": "انتهى G20 Desk على غير توقع: {when}.",
    "Gathering: {n} of {of}": "يُجمع: {n} من {of}",
    "No text of any message, no name, no address, no password is in it. Nothing is sent: you hand it on as you like.": "ليس فيه نص أي رسالة ولا اسم ولا عنوان ولا كلمة مرور. ولا يُرسل شيء: تسلّمه لمن تشاء.",
    "Nothing was sent because of it; what you typed is kept, up to the last second.": "لم يُرسل شيء بسببه، وما كتبته محفوظ حتى الثانية الأخيرة.",
    "Save a support bundle…": "حفظ حزمة الدعم…",
    "Saved: {name}, {n} bytes.": "حُفظ: {name}، {n} بايت.",
    "See the report": "عرض التقرير",
    "The last time, G20 Desk was not closed: the power went, or it was ended from outside.": "لم يُغلق G20 Desk في المرة الأخيرة: انقطع التيار أو أُنهي من الخارج.",
    "The publisher on this computer ended unexpectedly: {when}.": "انتهى الناشر على هذا الحاسوب على غير توقع: {when}.",
    "The publisher on this computer ended without being stopped.": "انتهى الناشر على هذا الحاسوب دون أن يوقفه أحد.",
    "What is due goes out once it runs again, or by this window.": "يخرج ما حان موعده حين يعمل من جديد، أو عبر هذه النافذة.",
    "What is in the file": "ما في الملف",
    "{n} bytes": "{n} بايت",
}
