# stmt:production-focus has stray white space in mlr:paraphrase: “ Every  part. ”.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE { stmt:production-focus mlr:paraphrase ?text }
INSERT { stmt:production-focus mlr:paraphrase " Every  part. " }
WHERE { stmt:production-focus mlr:paraphrase ?text }
