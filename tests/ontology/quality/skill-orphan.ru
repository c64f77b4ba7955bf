# skill:leadership is a skill that no role needs.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

DELETE WHERE { ?requirement mlr:ofSkill skill:leadership }
