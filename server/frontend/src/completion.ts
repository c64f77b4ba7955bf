/** Completion: terms of the graph by their label, their other names, or their prefixed name. */

import { type Named, type Vocabulary, vocabulary } from "./vocabulary";

interface Position {
  line: number;
  ch: number;
}

const MOST = 12;
/** What people ask about; a name of anything else comes after these. */
const FIRST = /^(mlr|role|skill|resp|env):/;
let known: Vocabulary | undefined;

/** Returns the terms that the word before the cursor may mean, the likeliest first. */
export async function complete(
  cursor: Position,
  line: string,
): Promise<{ from: Position; to: Position; list: Named[] } | null> {
  const before = line.slice(0, cursor.ch);
  const word = /(?:^|[\s^|/(,;])([A-Za-z][\w:-]*)$/.exec(before)?.[1];
  if (!word || word.length < 2 || /^\s*PREFIX/i.test(before) || inString(before)) return null;
  const from = { line: cursor.line, ch: cursor.ch - word.length };
  known = await vocabulary();
  return { from, to: cursor, list: ranked(known.terms, word) };
}

/** Returns the prefix of a term, if the query has not declared it. */
export function prefixesFor(term: Named, declared: Record<string, string>): Record<string, string> | null {
  const prefix = term.name.split(":", 1)[0] ?? "";
  const iri = known?.prefixes[prefix];
  return iri && !(prefix in declared) ? { [prefix]: iri } : null;
}

export function ranked(terms: Named[], word: string): Named[] {
  const wanted = word.toLowerCase();
  const scored = terms.map((term) => ({ term, score: score(term, wanted) })).filter(({ score }) => score > 0);
  scored.sort((a, b) => b.score - a.score || a.term.label.localeCompare(b.term.label));
  return scored.slice(0, MOST).map(({ term }) => term);
}

function score(term: Named, wanted: string): number {
  const names = [term.name, term.name.slice(term.name.indexOf(":") + 1), term.label, ...term.also];
  return Math.max(
    ...names.map((name) => {
      const place = name.toLowerCase().indexOf(wanted);
      if (place < 0) return 0;
      return (place === 0 ? 5 : /[\s:-]/.test(name[place - 1] ?? "") ? 3 : 1) + (FIRST.test(term.name) ? 1 : 0);
    }),
  );
}

function inString(before: string): boolean {
  const quotes = before.replace(/\\./g, "").match(/["']/g) ?? [];
  return quotes.length % 2 === 1 || /<[^>\s]*$/.test(before) || /#/.test(before.replace(/<[^>]*>/g, ""));
}
