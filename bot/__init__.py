"""Slack: what it sends is taken apart here, and what people see there is drawn here."""
