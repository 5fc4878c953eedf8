"""Search: from a query to ranked paragraphs with their matches."""
