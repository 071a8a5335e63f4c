"""How long a whole intake takes to match, what the best total is worth, and what the shortlist costs."""
