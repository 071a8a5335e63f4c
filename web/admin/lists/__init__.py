"""The lists of the admin: what each shows, by which names, and how it is searched, sorted and exported."""
