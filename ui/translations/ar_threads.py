"""Arabic words for comments."""

THREADS: dict[str, str] = {
    "All members read it. It decides nothing, and is not taken back.": "يقرؤه جميع الأعضاء. لا يقرر شيئاً، ولا يُسحب.",
    "Answer": "رد",
    "Answer the comment of {person}": "رد على تعليق {person}",
    "Answer {person}: {words}": "رد على {person}: {words}",
    "Comment on all of it": "تعليق على النص كله",
    "Comment on “{words}”": "تعليق على «{words}»",
    "Commented": "علّق",
    "Comments": "التعليقات",
    "On all of it": "على النص كله",
    "On an earlier text": "على نص سابق",
    "On an earlier text: “{words}”": "على نص سابق: «{words}»",
    "On “{words}”": "على «{words}»",
    "Said. All members can read it.": "قيل. يستطيع جميع الأعضاء قراءته.",
    "This was taken out of the record.": "أُخرج هذا من السجل.",
    "What you say": "ما تقوله",
    "comment": "تعليق",
}
