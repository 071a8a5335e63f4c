"""Two simulated weeks of quick questions: how many are claimed in a day, with mentors asked directly and without."""
