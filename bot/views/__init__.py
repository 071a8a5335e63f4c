"""What people see in Slack: pure functions from data to blocks, a file for each subject."""
