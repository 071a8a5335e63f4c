"""What the API knows: each module has one resource, its shapes and its routes."""
