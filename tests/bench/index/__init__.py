"""What an index of mentors takes: to build, to load, to add one, to search, and in memory."""
