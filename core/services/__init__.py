"""What people and the programme can do, one unit of work each."""
