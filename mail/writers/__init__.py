"""From a subject to its letter: each module reads what one part of the service writes about, for who may read it."""
