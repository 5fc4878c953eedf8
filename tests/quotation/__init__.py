"""How well quotations are checked, measured on random ones."""
