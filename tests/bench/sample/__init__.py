"""What the sample people get: how good the three mentors are whom each student is shown."""
