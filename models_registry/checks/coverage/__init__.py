"""What the findings cover: openness, the annexes, and what stays beyond any check."""
