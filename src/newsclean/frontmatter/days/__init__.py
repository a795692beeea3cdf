"""The parts of a date line: days, times and zones, in the words and calendars of every language."""
