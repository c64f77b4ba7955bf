"""The questions that every client asks, and what the answer must be."""

DUAL = """PREFIX mlr: <https://w3id.org/mlroles/ontology#>
SELECT ?role WHERE { ?role a mlr:DualSkillRole } ORDER BY ?role"""
DUAL_ROLE = "https://w3id.org/mlroles/ontology#DualSkillRole"
ROLES = [
    f"https://w3id.org/mlroles/role/{name}"
    for name in ("ml-engineer", "mlops-engineer", "research-engineer")
]
WHAT = "CONSTRUCT WHERE { <https://w3id.org/mlroles/role/ml-engineer> ?property ?value }"
HOLDS = "ASK { <https://w3id.org/mlroles/role/ml-engineer> ?property ?value }"
