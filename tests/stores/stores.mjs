// Ask N3.js and Comunica. Prints one JSON document.
//   count FILE…         file -> graph -> triples, as N3.js reads Turtle, N-Triples, TriG, N-Quads
//   load FILE…          file -> [counts, counts]: read by Comunica's parsers and put into a store
//                       of N3.js once, and once more
//   query DATA FILE…    file -> SPARQL results in JSON, of Comunica; the default graph is the union
import { createReadStream, readFileSync } from "node:fs";
import { Parser, Store } from "n3";
import { rdfParser } from "rdf-parse";

const [task, ...names] = process.argv.slice(2);

function counts(quads) {
  const found = {};
  for (const { graph } of quads) {
    found[graph.value] = (found[graph.value] ?? 0) + 1;
  }
  return found;
}

async function read(path, store) {
  const quads = rdfParser.parse(createReadStream(path), { path, baseIRI: `file://${path}` });
  for await (const quad of quads) {
    store.addQuad(quad);
  }
}

async function load(path) {
  const store = new Store();
  await read(path, store);
  const first = counts(store);
  await read(path, store);
  return [first, counts(store)];
}

async function answers(data, queries) {
  const { QueryEngine } = await import("@comunica/query-sparql-file");
  const store = new Store();
  await read(data, store);
  const engine = new QueryEngine();
  const found = {};
  for (const path of queries) {
    const context = { sources: [store], unionDefaultGraph: true };
    const result = await engine.query(readFileSync(path, "utf-8"), context);
    const { data: stream } = await engine.resultToString(result, "application/sparql-results+json");
    found[path] = JSON.parse((await stream.toArray()).join(""));
  }
  return found;
}

const tasks = {
  count: async () =>
    Object.fromEntries(names.map((path) => [path, counts(new Parser().parse(readFileSync(path, "utf-8")))])),
  load: async () => {
    const found = {};
    for (const path of names) {
      found[path] = await load(path);
    }
    return found;
  },
  query: () => answers(names[0], names.slice(1)),
};

process.stdout.write(JSON.stringify(await tasks[task]()));
