"""The web admin: staff see what is going on and why."""
