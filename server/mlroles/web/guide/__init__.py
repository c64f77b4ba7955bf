"""The pages for people: home, search, roles, comparison, fit and team."""
