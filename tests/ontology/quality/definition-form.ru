# mlr:Level has a definition that is no English sentence: “how deep”

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { mlr:Level skos:definition ?old }
INSERT { mlr:Level skos:definition "how deep"@en }
WHERE { mlr:Level skos:definition ?old }
