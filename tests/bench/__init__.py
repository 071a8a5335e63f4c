"""Measurements: each prints a table, and none decides a test run."""
