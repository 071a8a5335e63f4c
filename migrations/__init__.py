"""The database's history: each step forward and back."""
