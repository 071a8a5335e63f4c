"""The wiring: command line, web process, and the embedded stack that `./ithaca up` runs."""
