# stmt:ml-engineer-requires-machine-learning-prose says the same as stmt:ml-engineer-requires-statistics-prose from the same place.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skill: <https://w3id.org/mlroles/skill/>
PREFIX stmt: <https://w3id.org/mlroles/statement/>

DELETE { stmt:ml-engineer-requires-statistics-prose mlr:ofSkill skill:statistics }
INSERT { stmt:ml-engineer-requires-statistics-prose mlr:ofSkill skill:machine-learning }
WHERE { }
