"""The whole of `./ithaca up` under load, while any of its processes may be killed at any moment."""
