"""How many of the nearest an approximate index finds, beyond the number of mentors that is searched exactly."""
