"""What leaves the product in forms of others: bills of materials, openness files and sheets."""
