"""Arabic for proofs that others can check."""

PROOF: dict[str, str] = {
    "A proof of “{title}”": "إثبات «{title}»",
    "Check a proof": "فحص إثبات",
    "Choose a file": "اختيار ملف",
    "Comments and reasons": "التعليقات والأسباب",
    "It shows what is ticked. Whatever is withheld it names, and still proves the rest.": "يُظهر ما وُضعت عليه علامة. وما حُجب يسمّيه، ويظل يثبت الباقي.",
    "One file that shows anybody what was agreed, by whom, and what was posted. It checks itself in a browser.": "ملف واحد يُظهر لأي كان ما اتُّفق عليه، ومن اتفق، وما نُشر. وهو يفحص نفسه في المتصفح.",
    "People's names": "أسماء الأشخاص",
    "Proof for others": "إثبات للآخرين",
    "Save a proof": "حفظ إثبات",
    "Pictures": "الصور",
    "That nothing was left out (tells what kind of act everybody did, and when)": "أن شيئاً لم يُترك (يخبر بنوع كل إجراء قام به كل شخص، ومتى)",
    "nobody": "لا أحد",
    "{file} holds, as of {when} UTC: {office}, {state}, carried by {who}; {n} parts are withheld. It is that office's only if its safety words are {words}.": "{file} صحيح حتى {when} UTC: {office}، {state}، أقرّه {who}؛ حُجب {n} من الأجزاء. ولا يكون لذلك المكتب إلا إن كانت كلمات أمانه {words}.",
    "{file} proves it to anybody, as of place {place}.": "يثبت {file} ذلك لأي كان، حتى الموضع {place}.",
    "{n} acts that have no place yet are left out.": "تُرك {n} من الإجراءات التي لا موضع لها بعد.",
}
