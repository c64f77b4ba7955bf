"""From Turtle files to a knowledge base: read, check, reason over, validate, release."""

from mlroles.knowledge.base import KnowledgeBase, examine, load

__all__ = ["KnowledgeBase", "examine", "load"]
