"""Arabic words of the sheet about the program, and for newer releases."""

ABOUT: dict[str, str] = {
    "About G20 Desk": "حول G20 Desk",
    "G20 Desk {version} is out. Your administrator installs it.": "صدر G20 Desk {version}. يثبّته مسؤول النظام لديك.",
    "Published under the Apache License 2.0. It is built on the works of others below, each under its own licence.":
        "منشور برخصة Apache 2.0. وهو مبني على أعمال الآخرين أدناه، كلٌّ برخصته.",
    "Tell your administrator; install nothing because of it. To look at it: g20desk releases":
        "أخبر مسؤول النظام لديك، ولا تثبّت شيئاً بسببها. للاطلاع عليها: g20desk releases",
    "The note on a newer release can't be read: {why}.": "تعذرت قراءة الإشعار بإصدار أحدث: {why}.",
    "The note on a newer release is no manifest of g20desk.": "الإشعار بإصدار أحدث ليس بيان إصدار لبرنامج g20desk.",
    "The note on a newer release is not signed by those who made this program.": "الإشعار بإصدار أحدث غير موقَّع ممن صنعوا هذا البرنامج.",
    "This build carries no key to check a newer release by.": "لا تحمل هذه النسخة مفتاحاً للتحقق من إصدار أحدث.",
    "Version {version}": "الإصدار {version}",
    "Works of others and their licences": "أعمال الآخرين ورخصها",
}  # fmt: skip
