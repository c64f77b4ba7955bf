# resp:educate-users is a responsibility that no role has.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX resp: <https://w3id.org/mlroles/responsibility/>

DELETE WHERE { ?assignment mlr:assigns resp:educate-users }
