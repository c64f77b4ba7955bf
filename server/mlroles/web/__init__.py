"""The Flask application: one blueprint per concern."""

from mlroles.web.app import create_app

__all__ = ["create_app"]
