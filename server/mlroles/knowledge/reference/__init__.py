"""The ontology told to people: every term with its definition and axioms, and a class diagram."""

from mlroles.knowledge.reference.reference import Reference, refer
from mlroles.knowledge.reference.rendering import STATIC, document, fragment

__all__ = ["STATIC", "Reference", "document", "fragment", "refer"]
