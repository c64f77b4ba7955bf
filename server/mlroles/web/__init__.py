"""The Flask application: one blueprint per concern."""
