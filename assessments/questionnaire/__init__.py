"""What the pages of the questionnaire show: pure functions over the law and the answers."""
