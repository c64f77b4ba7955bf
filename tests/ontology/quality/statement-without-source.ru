# stmt:production-focus is a statement without a section of the article, or without its form.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE WHERE { stmt:production-focus mlr:statedIn ?section }
