"""Texts as vectors: which texts of a profile count, how they are encoded, kept, and searched."""
