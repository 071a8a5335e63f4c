"""How offers spread over mentors, and what that costs."""
