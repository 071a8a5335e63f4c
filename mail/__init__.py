"""E-mail: what Ithaca says by letter, and how a letter is sent."""
