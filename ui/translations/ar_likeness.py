"""Posts beside agreed lines in Arabic: the acts in the record."""

LIKENESS = {
    "Listed a post beside a line": "أدرج منشورًا إلى جانب صياغة متفق عليها",
    "Judged a post beside a line": "حكم على منشور إلى جانب صياغة متفق عليها",
}
