"""Posts beside agreed lines in Arabic: the acts in the record."""

LIKENESS = {
    "Close to agreed wording: {why}.": "قريب من صياغة متفق عليها: {why}.",
    "May say something else than was agreed: {why}.": "قد يقول غير ما اتُّفق عليه: {why}.",
    "Agreed: “{words}”": "المتفق عليه: «{words}»",
    "the locked phrase “{wants}” is altered": "عُدِّلت العبارة المثبتة «{wants}»",
    "“{said}” stands where “{wants}” was agreed": "«{said}» في موضع «{wants}»",
    "“{said}” is added": "أُضيف «{said}»",
    "“{wants}” is left out": "سقط «{wants}»",
    "Use the agreed words": "استخدم الصياغة المتفق عليها",
    "Open the line in One voice": "افتح الصياغة في صوت واحد",
    "Listed a post beside a line": "أدرج منشورًا إلى جانب صياغة متفق عليها",
    "Judged a post beside a line": "حكم على منشور إلى جانب صياغة متفق عليها",
}
