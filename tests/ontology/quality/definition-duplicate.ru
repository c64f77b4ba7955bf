# mlr:Level has the same definition as mlr:Origin: “A depth of understanding, as the article words it.”

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { mlr:Origin skos:definition ?old }
INSERT { mlr:Origin skos:definition ?new }
WHERE { mlr:Origin skos:definition ?old . mlr:Level skos:definition ?new }
