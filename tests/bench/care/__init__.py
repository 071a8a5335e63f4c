"""A simulated year of mentorships on the real services: are the promises kept, and how well is risk told."""
