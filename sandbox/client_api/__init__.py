"""What people do and see: the API behind the browser page and the tests. The contract is docs/sandbox.md."""
