"""The query that stands in the form at first."""

from mlroles.vocab import PREFIXES

_COMMON = ("mlr", "role", "skill", "resp", "env", "rdfs", "skos")

EXAMPLE = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in _COMMON)
    + """
SELECT ?role ?skill
WHERE {
  ?role a mlr:Role ;
    mlr:requiresSkill ?skill .
}
ORDER BY ?role ?skill
LIMIT 20
"""
)
