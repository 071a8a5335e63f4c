"""Letters: what Ithaca says by e-mail. A module per aggregate, as in bot/views."""
