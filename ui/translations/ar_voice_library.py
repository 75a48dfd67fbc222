"""Arabic words for the library of agreed wording."""

LIBRARY: dict[str, str] = {
    "A second person adopts agreed language.": "يعتمد اللغة المتفق عليها شخص ثانٍ.",
    "Agreed language has a name and a digest.": "للغة المتفق عليها اسم وبصمة.",
    "Agreed language named “{name}” is in the library.": "في المكتبة لغة متفق عليها باسم «{name}».",
    "Signed agreed language": "وقّع لغة متفقاً عليها",
    "The head is one of the two who adopt agreed language.": "الرئيس أحد الاثنين اللذين يعتمدان اللغة المتفق عليها.",
    "The wording of “{name}” is not on this desk.": "صياغة «{name}» ليست على هذا الجهاز.",
    "The wording of “{name}” is not what was signed.": "صياغة «{name}» ليست ما جرى توقيعه.",
    "There is no one set “{name}”.": "لا توجد مجموعة واحدة «{name}».",
    "There is no such agreed language.": "لا توجد لغة متفق عليها كهذه.",
    "This is in the library.": "هذا موجود في المكتبة.",
    "This is no file of agreed language.": "هذا ليس ملف لغة متفق عليها.",
    "Took agreed language out": "أخرج لغة متفقاً عليها",
    "Who proposed it takes it off the table; what is adopted, the head.": "يسحبها من اقترحها، وما اعتُمد يسحبه الرئيس.",
    "{who} has proposed this as “{name}”.": "اقترح {who} هذا باسم «{name}».",
}
