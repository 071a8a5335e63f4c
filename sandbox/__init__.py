"""A local Slack: one workspace with one installed app, for trying the app in a browser and for tests."""
