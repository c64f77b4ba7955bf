# role:developer-advocate is a role without any mlr:placementOf.

PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX role: <https://w3id.org/mlroles/role/>

DELETE WHERE { ?placement mlr:placementOf role:developer-advocate }
