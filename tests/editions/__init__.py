"""How many links survive a new scrape: simulated noise, and four kinds of link."""
