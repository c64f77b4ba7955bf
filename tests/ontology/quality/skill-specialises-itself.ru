# skill:algorithms is a part or kind of itself.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX skill: <https://w3id.org/mlroles/skill/>

DELETE { ?claim mlr:broaderSkill skill:software-engineering }
INSERT { ?claim mlr:broaderSkill skill:algorithms }
WHERE { ?claim mlr:narrowerSkill skill:algorithms }
