"""PostgreSQL and Redis from Python packages, run in the data folder, and the secrets they need."""
