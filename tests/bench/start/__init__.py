"""How long each process takes to start, and how much memory it then has."""
