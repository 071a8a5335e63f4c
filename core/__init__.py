"""Everything below the edges: configuration, data, rules and services."""
