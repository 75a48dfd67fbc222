"""Arabic words for servers that are not asked and addresses that are not opened."""

SERVERS: dict[str, str] = {
    "{name} has too many pixels.": "نقاط {name} كثيرة جدًا.",
    "Make it smaller.": "صغّرها.",
    "{host} is no address of a server": "{host} ليس عنوان خادم",
    "{host} has no https": "{host} بلا https",
    "{host} is no public address": "{host} ليس عنوانًا عامًا",
    "“{host}” is no address of a server.": "«{host}» ليس عنوان خادم.",
    "“{host}” has no https.": "«{host}» بلا https.",
    "“{host}” is no public address.": "«{host}» ليس عنوانًا عامًا.",
    "This is no page of the web, so it is not opened.": "هذه ليست صفحة من الويب، فلا تُفتح.",
    "its page for the sign-in is no address of the web over https": "صفحة تسجيل الدخول لديها ليست عنوانًا على الويب عبر https",
    "Give the server's own address, as everybody reaches it: https://HOST.": "أعطِ عنوان الخادم كما يصل إليه الجميع: https://HOST.",
}
