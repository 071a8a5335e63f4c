"""Which mentors fit a request: retrieval, the rubric, the hard rules, and the reasons."""

import embeddings as embeddings  # says how many threads numpy uses, before a module here imports it
