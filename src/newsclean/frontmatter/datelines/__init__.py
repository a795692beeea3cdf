"""The parts of a dateline: place, day and agency, in the forms of the agencies."""
