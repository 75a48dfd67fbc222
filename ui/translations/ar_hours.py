"""Arabic words for working hours and public holidays."""

HOURS: dict[str, str] = {
    "The next working day there begins {when} UTC.": "يبدأ يوم العمل التالي هناك {when} UTC.",
    "The working hours and public holidays of {land} are not known here.": "ساعات عمل {land} وعطلها الرسمية غير معروفة هنا.",
    "Working hours in {city}: none of {whole}.": "ساعات العمل في {city}: لا شيء من {whole}.",
    "Working hours in {city}: {part} of {whole}.": "ساعات العمل في {city}: {part} من {whole}.",
    "{day} is a public holiday there: {names}.": "{day} عطلة رسمية هناك: {names}.",
    "{first} to {last} are public holidays there: {names}.": "من {first} إلى {last} عطل رسمية هناك: {names}.",
}
