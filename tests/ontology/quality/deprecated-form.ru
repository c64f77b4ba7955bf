# mlr:atLevel is deprecated by another value than true, or names no replacement.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA { mlr:atLevel owl:deprecated true }
