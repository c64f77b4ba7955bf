# comparison:mlops-engineer-ml-engineer does not set two roles beside each other.

PREFIX comparison: <https://w3id.org/mlroles/comparison/>
PREFIX mlr: <https://w3id.org/mlroles/ontology#>
PREFIX role: <https://w3id.org/mlroles/role/>

DELETE DATA { comparison:mlops-engineer-ml-engineer mlr:compares role:ml-engineer }
