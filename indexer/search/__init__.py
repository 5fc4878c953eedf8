"""Search: analysis, query, highlight, index, engine, suggest."""
