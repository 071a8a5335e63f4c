"""Work that is done beside the clicks: matching, delivery, and what falls due."""
