"""What happens on a command, click or form: from frozen payload to service to view, and nothing else."""
