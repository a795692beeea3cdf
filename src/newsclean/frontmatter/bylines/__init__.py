"""The parts of a credit line: labels, names, agencies, roles, and what is glued to them."""
