"""Pages with a way of their own: a form, what comes of it, and a button that makes it so."""
