# role:ml-engineer has no definition.

PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { role:ml-engineer skos:definition ?definition }
