"""Arabic for sign-off by routes: stages, the silence procedure, amendments, what the head does, emergencies."""

SIGNOFF: dict[str, str] = {
    "A late objection holds this message": "اعتراض متأخر يوقف هذه الرسالة",
    "Adopted {when} UTC unless someone objects or asks for changes.": "تُعتمد {when} UTC ما لم يعترض أحد أو يطلب تغييرات.",
    "Adopted.": "اعتُمدت.",
    "Adopted: nobody broke the silence.": "اعتُمدت: لم يكسر أحد الصمت.",
    "All members' liaisons": "ضباط اتصال كل الأعضاء",
    "Amend": "تعديل",
    "Amend: {title}": "تعديل: {title}",
    "Analysts": "المحللون",
    "Approve “{title}”, {words}, for {who}?": "الموافقة على «{title}»، {words}، باسم {who}؟",
    "As long as the route says: {span}": "المدة التي يحددها المسار: {span}",
    "Ask for changes to “{title}”, {words}, for {who}?": "طلب تغييرات على «{title}»، {words}، باسم {who}؟",
    "Ask for changes with it": "طلب تغييرات به",
    "Ask for this text instead of “{title}”, {words}, for {who}?": "طلب هذا النص بدلاً من «{title}»، {words}، باسم {who}؟",
    "Beside the other language": "بجانب اللغة الأخرى",
    "Beside {lang}": "بجانب {lang}",
    "Close the silence": "إقفال الصمت",
    "Communication officers": "موظفو الاتصال",
    "Experts": "الخبراء",
    "Experts on {topic}": "الخبراء في {topic}",
    "Give more time": "إعطاء مزيد من الوقت",
    "Give “{stage}” of “{title}” more time?": "إعطاء «{stage}» من «{title}» مزيداً من الوقت؟",
    "It breaks the silence: the text stands as it is until the head lays it before all again.": (
        "يكسر هذا الصمت: يبقى النص على حاله إلى أن يعرضه رئيس المكتب على الجميع من جديد."
    ),
    "It could not be closed from here: look at this desk's clock, and try again.": (
        "تعذّر إقفاله من هنا: انظر إلى ساعة هذا الجهاز ثم حاول مجدداً."
    ),
    "Laid before all again.": "عُرض على الجميع من جديد.",
    "Lay it before all again": "عرضه على الجميع من جديد",
    "Lay “{title}”, {words}, before all again?": "عرض «{title}»، {words}، على الجميع من جديد؟",
    "Liaisons": "ضباط الاتصال",
    "Lift the late objection to “{title}”?": "رفع الاعتراض المتأخر على «{title}»؟",
    "No objection to “{title}”, {words}, for {who}?": "لا اعتراض على «{title}»، {words}، باسم {who}؟",
    "No word yet: {who}": "لا كلمة بعد: {who}",
    "Nobody speaks for {lands}.": "لا أحد يتكلم باسم {lands}.",
    "Not in the office any more: {who}": "لم يعد في المكتب: {who}",
    "Nothing is changed yet.": "لم يتغير شيء بعد.",
    "Nothing is signed until you have read it over.": "لا يُوقَّع شيء قبل أن تراجعه.",
    "Object to “{title}”, {words}, for {who}?": "الاعتراض على «{title}»، {words}، باسم {who}؟",
    "Object to “{title}”, {words}, with this text instead, for {who}?": (
        "الاعتراض على «{title}»، {words}، مع هذا النص بدلاً منه، باسم {who}؟"
    ),
    "Object with it": "الاعتراض به",
    "On {account} ({network}) it reads:": "يظهر على {account} ({network}) هكذا:",
    "Opens the text with this in its place; nothing is signed by it.": "يفتح النص وهذا في مكانه؛ ولا يُوقَّع بذلك شيء.",
    "Opens when the stage before it is complete.": "تُفتح عندما تكتمل المرحلة التي قبلها.",
    "Over since {when} UTC, and nobody broke it. It counts once it is closed.": (
        "انتهى منذ {when} UTC ولم يكسره أحد. يُحتسب بعد إقفاله."
    ),
    "Silence broken by {who}, {when} UTC.": "كسر {who} الصمت، {when} UTC.",
    "Silent: {who}": "صامتون: {who}",
    "Take over": "الأخذ به",
    "Take over what {who} proposes": "الأخذ بما يقترحه {who}",
    "The Presidency": "الرئاسة",
    "The head of the office": "رئيس المكتب",
    "The proposed text is empty.": "النص المقترح فارغ.",
    "The stage has more time.": "للمرحلة وقت إضافي.",
    "The text changed: read it first. What you typed is kept.": "تغيّر النص: اقرأه أولاً. ما كتبته محفوظ.",
    "The text in {lang}. Write it as you would have it; a line with only --- begins the next post.": (
        "النص بـ{lang}. اكتبه كما تريده؛ والسطر الذي ليس فيه إلا --- يبدأ المنشور التالي."
    ),
    "The text stands as it is until the head lays it before all again.": (
        "يبقى النص على حاله إلى أن يعرضه رئيس المكتب على الجميع من جديد."
    ),
    "The text stands still: the head lays it before all again first.": "النص مجمّد: يعرضه رئيس المكتب على الجميع من جديد أولاً.",
    "The text that you propose": "النص الذي تقترحه",
    "The text that you propose, in {lang}": "النص الذي تقترحه، بـ{lang}",
    "The text to decide on": "النص المطروح للقرار",
    "The troika's liaisons": "ضباط اتصال الترويكا",
    "Two people lift it, each with a reason. Nothing goes out by that alone.": (
        "يرفعه شخصان، كل منهما بسبب. ولا يُنشر شيء بذلك وحده."
    ),
    "What was agreed stands. Two people lift it, each with a reason; nothing goes out by that alone.": (
        "يبقى ما اتُّفق عليه. يرفعه شخصان، كل منهما بسبب؛ ولا يُنشر شيء بذلك وحده."
    ),
    "What you propose, against the text as it stands": "ما تقترحه مقابل النص كما هو",
    "approves": "يوافق",
    "each of them approves": "يوافق كل منهم",
    "left to object or ask for changes. Saying nothing counts as agreement; “no objection” said aloud is recorded as that.": (
        "متبقية للاعتراض أو طلب تغييرات. السكوت يُعدّ موافقة؛ وقول «لا اعتراض» جهراً يُسجَّل كذلك."
    ),
    "one approval": "موافقة واحدة",
    "one of them approves": "يوافق واحد منهم",
    "silence of {span}": "صمت مدته {span}",
    "{land}, as deputy of {liaison}": "{land}، نيابة عن {liaison}",
    "{n} of them approve": "يوافق {n} منهم",
    "{span} overdue": "متأخر {span}",
    "{who} proposes this text instead, in {lang}": "يقترح {who} هذا النص بدلاً منه، بـ{lang}",
    "A second person releases it.": "يطلقها شخص ثانٍ.",
    "A second person, in the other role, releases it until {when} UTC.": "يطلقها شخص ثانٍ بالدور الآخر حتى {when} UTC.",
    "Emergency release reviewed": "روجع الإطلاق الطارئ",
    "Given more time": "أُعطي مزيد من الوقت",
    "In an emergency two people release it without sign-off; a review stays open afterwards.": (
        "في الطوارئ يطلقها شخصان بلا موافقة؛ وتبقى المراجعة مفتوحة بعد ذلك."
    ),
    "It was in order": "كان سليماً",
    "It was misuse": "كان إساءة استعمال",
    "It went past sign-off, {when} UTC.": "مرّت من غير موافقة، {when} UTC.",
    "Laid before all again": "عُرض على الجميع من جديد",
    "Late objection": "اعتراض متأخر",
    "Late objection by {who} holds it: {why}": "اعتراض متأخر من {who} يوقفها: {why}",
    "Late objection lifted": "رُفع الاعتراض المتأخر",
    "Made from the template “{name}”": "مصنوعة من القالب «{name}»",
    "Once more as long as the route says: {span}": "مرة أخرى المدة التي يحددها المسار: {span}",
    "Open for review": "مفتوحة للمراجعة",
    "Open for review until somebody else has looked at it.": "مفتوحة للمراجعة إلى أن ينظر فيها شخص آخر.",
    "Release in an emergency": "إطلاق طارئ",
    "Release it, as the second": "إطلاقها بصفتك الثاني",
    "Release “{title}” in an emergency, {words}?": "إطلاق «{title}» في حالة طوارئ، {words}؟",
    "Released in an emergency": "أُطلقت في حالة طوارئ",
    "Released in an emergency by {who}": "أطلقها في حالة طوارئ {who}",
    "Released: schedule it now.": "أُطلقت: حدد موعدها الآن.",
    "Review it": "مراجعتها",
    "Reviewed by {who}: in order.": "راجعها {who}: سليمة.",
    "Reviewed by {who}: misuse.": "راجعها {who}: إساءة استعمال.",
    "Say which of the two you find.": "قل أي الأمرين وجدت.",
    "Sign the review": "توقيع المراجعة",
    "Signed.": "وُقِّع.",
    "Silence broken by {who}. Frozen until the head lays it before all again.": (
        "كسر {who} الصمت. النص مجمّد إلى أن يعرضه رئيس المكتب على الجميع من جديد."
    ),
    "Silence closed": "أُقفل الصمت",
    "Template: {name}.": "القالب: {name}.",
    "The review stands in the record.": "المراجعة مثبتة في السجل.",
    "The silence is over and nobody broke it. It counts once it is closed.": "انتهى الصمت ولم يكسره أحد. يُحتسب بعد إقفاله.",
    "What do you find on looking at the emergency release of “{title}”?": "ماذا تجد عند النظر في الإطلاق الطارئ لـ«{title}»؟",
    "You are the first: a second person, in the other role, releases it.": "أنت الأول: يطلقها شخص ثانٍ بالدور الآخر.",
    "You are the second: it may go out then, without sign-off, within the template's time.": (
        "أنت الثاني: يجوز نشرها عندئذ بلا موافقة ضمن المدة التي يحددها القالب."
    ),
    "left to decide": "متبقية للقرار",
    "one person asked to lift it": "طلب شخص واحد رفعه",
    "open for review": "مفتوحة للمراجعة",
    "over": "انتهى",
    "past sign-off": "من غير موافقة",
    "silence broken": "كُسر الصمت",
    "two people lift it": "يرفعه شخصان",
    "until the silence is over": "حتى ينتهي الصمت",
    "{who} proposes to release it in an emergency": "يقترح {who} إطلاقها في حالة طوارئ",
    "“{stage}” is overdue. No word yet: {who}": "«{stage}» متأخرة. لا كلمة بعد: {who}",
}
