"""`./ithaca doctor`: is everything that the service needs there, and what to do if not."""
