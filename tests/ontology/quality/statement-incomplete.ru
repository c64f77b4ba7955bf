# stmt:ml-engineer-covers-mlops-engineer has no mlr:underCondition.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE WHERE { stmt:ml-engineer-covers-mlops-engineer mlr:underCondition ?condition }
