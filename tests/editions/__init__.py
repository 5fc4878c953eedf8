"""How many links survive a new scrape: simulated noise, and what four kinds of link make of it."""
