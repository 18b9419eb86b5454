"""How supplied files come in: listed, judged by their content, refused where they are hostile."""
