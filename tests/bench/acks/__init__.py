"""How fast a click is acknowledged while everything else is busy."""
