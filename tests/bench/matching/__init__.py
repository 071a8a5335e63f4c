"""How fast matching is, and how often it finds what an exhaustive pass finds."""
