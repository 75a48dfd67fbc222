"""Arabic for a record that can't be opened, or is brought to a newer form."""

STORE: dict[str, str] = {
    "This desk was made by a newer program (store {n}, this one knows {m}).":
        "أعدّ هذا المكتب برنامجٌ أحدث (المخزن {n}، وهذا البرنامج يعرف {m}).",
    "Install g20desk {version} or newer on this computer. Nothing here was changed.":
        "ثبّت g20desk {version} أو أحدث منه على هذا الحاسوب. لم يتغير شيء هنا.",
    "Install the newer g20desk. Nothing here was changed.": "ثبّت g20desk الأحدث. لم يتغير شيء هنا.",
    "This desk was made by a program from before the first release (store {n}).":
        "أعدّ هذا المكتب برنامجٌ سبق الإصدار الأول (المخزن {n}).",
    "Found the office anew; such a record can't be taken over.": "أسّس المكتب من جديد؛ لا يمكن نقل سجل كهذا.",
    "A newer form of this desk's record needs {n} MB of room, and {m} MB are free.":
        "يحتاج الشكل الأحدث لسجل هذا المكتب إلى {n} ميغابايت، والمتاح {m} ميغابايت.",
    "Free some space, then start again; until then nothing is changed.":
        "أفسح بعض المكان ثم ابدأ من جديد؛ وحتى ذلك الحين لا يتغير شيء.",
    "The record is not sound in its newer form: {why}": "السجل في شكله الأحدث ليس سليماً: {why}",
    "It is kept as it was before, as {name} in {folder}. Keep the folder and ask for help.":
        "حُفظ كما كان من قبل باسم {name} في {folder}. احتفظ بالمجلد واطلب المساعدة.",
    "Bringing this desk's record to the form of g20desk {version}. It may take a while.":
        "يُنقل سجل هذا المكتب إلى شكل g20desk {version}. قد يستغرق ذلك بعض الوقت.",
    "Another program is bringing this desk's record to its new form; waiting for it.":
        "ينقل برنامج آخر سجل هذا المكتب إلى شكله الجديد؛ الانتظار جارٍ.",
    "Making the lists of this desk anew: {n} %": "تُعدّ قوائم هذا المكتب من جديد: {n} %",
    "This desk's record is damaged; nothing was changed.": "سجل هذا المكتب تالف؛ لم يتغير شيء.",
    "Keep the folder as it is and restore a backup beside it.": "اترك المجلد كما هو واسترجع نسخة احتياطية بجانبه.",
    "Another program holds this desk's record.": "برنامج آخر يستخدم سجل هذا المكتب.",
    "Close it, then do it again.": "أغلقه ثم أعد المحاولة.",
    "The disk is full; nothing was lost.": "القرص ممتلئ؛ لم يضع شيء.",
    "Free some space, then do it again.": "أفسح بعض المكان ثم أعد المحاولة.",
    "The desk: {folder}": "المكتب: {folder}",
    "What was chosen for the window can't be read, and is as at first.": "تعذّرت قراءة ما اختير للنافذة، فعادت كما كانت أول مرة.",
    "The file is kept: {file}": "الملف محفوظ: {file}",
    "Look again": "انظر من جديد",
    "Close the program": "إغلاق البرنامج",
    "Leave the computer on. Nothing is lost should it stop.": "اترك الحاسوب يعمل. لا يضيع شيء إن توقف.",
}  # fmt: skip
