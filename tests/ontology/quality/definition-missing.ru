# skill:statistics has no definition.

PREFIX skill: <https://w3id.org/mlroles/skill/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { skill:statistics skos:definition ?definition }
