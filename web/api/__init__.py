"""The JSON API under `/api/v1`, for other systems: keys with scopes, problems as RFC 9457, pages by cursor."""
