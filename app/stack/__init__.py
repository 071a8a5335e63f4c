"""What `./ithaca up` runs: processes that are started, watched, restarted and stopped together."""
