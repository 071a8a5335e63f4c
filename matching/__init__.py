"""Which mentors fit a request: retrieval, the rubric, the hard rules, and the reasons."""
