"""The state of the workspace: people, conversations, messages, views, triggers and response URLs."""
