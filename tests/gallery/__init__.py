"""Pictures of everything that people see, made by `./ithaca gallery`."""
