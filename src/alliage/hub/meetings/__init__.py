"""One-to-one meetings of a day: wishes, the timetable, and what becomes of it on the day."""
