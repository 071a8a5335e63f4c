"""One module per command of `./ithaca`, with a function `run(arguments, environ) -> exit code`."""
