# stmt:ml-systems-specialises-machine-learning is a judgement without a reason.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE WHERE { stmt:ml-systems-specialises-machine-learning mlr:rationale ?why }
