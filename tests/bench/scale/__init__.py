"""What the points of the rubric are anchored to: how alike unrelated and related people are, criterion by criterion."""
