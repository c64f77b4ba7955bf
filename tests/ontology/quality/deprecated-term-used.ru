# stmt:applied-research-scientist-requires-machine-learning-table uses mlr:atLevel, which is deprecated.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA { mlr:atLevel owl:deprecated true }
