"""The interface described as OpenAPI 3.1, from the routes and the saved queries."""

from mlroles.web.api.views import blueprint

__all__ = ["blueprint"]
