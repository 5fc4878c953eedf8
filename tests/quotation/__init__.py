"""How well quotations are checked, measured on drawn ones."""
