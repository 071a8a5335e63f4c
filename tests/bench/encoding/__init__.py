"""How fast texts are encoded, in ways that are in use and in others, and what each does to the matches."""
