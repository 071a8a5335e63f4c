"""Whether the matches are good: sets whose answers somebody else wrote, scored by the code that serves students."""
