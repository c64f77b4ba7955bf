# stmt:production-focus has an empty mlr:paraphrase.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE { stmt:production-focus mlr:paraphrase ?text }
INSERT { stmt:production-focus mlr:paraphrase "" }
WHERE { stmt:production-focus mlr:paraphrase ?text }
