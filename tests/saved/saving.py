"""What the tests of saved queries share."""

from collections.abc import Callable

from mlroles.saved import SavedQuery

Write = Callable[..., SavedQuery]

HEADER = """summary: What is it?
description: >
  Two lines
  of text.
tags: [teachers]
number: 7
"""
