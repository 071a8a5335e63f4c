"""Pure rules: from old state and a moment to new state or a refusal. Standard library only."""
