/** The rows that a page has no room for, read from the server's TSV while it comes. */

import type { Row } from "./table";
import { cell, type Term, term } from "./terms";
import { vocabulary, type Vocabulary } from "./vocabulary";

export const MOST = 100_000;

/** Asks for a result in a format, as its page asked for it. */
export type Ask = (format: string, signal?: AbortSignal) => Promise<Response>;

/** Returns the first rows of a result, at most MOST, and whether it has more. */
export async function everyRow(ask: Ask, numeric: boolean[], tell: (rows: number) => void): Promise<{ rows: Row[]; more: boolean }> {
  const known = await vocabulary();
  const leaving = new AbortController();
  const response = await ask("tsv", leaving.signal);
  if (!response.ok || !response.body) throw new Error(response.statusText);
  const rows: Row[] = [];
  let head = true;
  for await (const line of lines(response.body)) {
    if (head) {
      head = false;
      continue;
    }
    if (rows.length === MOST) {
      leaving.abort();
      return { rows, more: true };
    }
    rows.push(new Line(line, known, numeric));
    if (rows.length % 5_000 === 0) tell(rows.length);
  }
  return { rows, more: false };
}

class Line implements Row {
  private read: Term[] | null = null;
  private made: HTMLTableRowElement | null = null;
  private told: string | null = null;

  constructor(
    private readonly line: string,
    private readonly known: Vocabulary,
    private readonly numeric: boolean[],
  ) {}

  get words(): string {
    this.told ??= this.terms.map((one) => `${this.shown(one)} ${one.text}`).join(" ").toLowerCase();
    return this.told;
  }

  text(column: number): string {
    const found = this.terms[column];
    return found ? this.shown(found) : "";
  }

  element(): HTMLTableRowElement {
    if (!this.made) {
      this.made = document.createElement("tr");
      this.made.append(...this.terms.map((one, column) => cell(one, this.known, this.numeric[column] ?? false)));
    }
    return this.made;
  }

  private get terms(): Term[] {
    this.read ??= this.line.split("\t").map(term);
    return this.read;
  }

  private shown(one: Term): string {
    return one.kind === "iri" ? this.known.label(one.text) || this.known.shorten(one.text) : one.text;
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const whole = (rest + value).split("\n");
    rest = whole.pop() ?? "";
    yield* whole;
  }
  if (rest) yield rest;
}
