"""The plan of a day in Arabic: its acts in the record, its entries in the calendar, what is imported into it."""

PLAN = {
    "Asked for another time": "طلب موعدًا آخر",
    "Opened a plan": "فتح خطة يوم",
    "Put into a plan": "أضاف إلى خطة يوم",
    "Changed a plan": "عدّل خطة يوم",
    "Took out of a plan": "أخرج من خطة يوم",
    "Closed a plan": "أغلق خطة يوم",
}
