/** The page /sparql with an editor. Without this script its forms do the same, a page at a time. */

import "./query.css";
import "./results.css";

import { copying } from "./copying";
import { createEditor, type Editor } from "./editor";
import { History } from "./history";
import { ask, Run } from "./run";
import { savedQueries } from "./saved";
import { readShared } from "./sharing";
import { views } from "./views";

function start(): void {
  const form = document.querySelector<HTMLFormElement>("form.ask");
  const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const outcome = document.querySelector<HTMLElement>("#outcome");
  if (!form || !text || !outcome) return;
  const editor: Editor = createEditor(text, () => void run.start(), () => run.cancel());
  const history = new History(document.querySelector("#history"), (query) => editor.set(query));
  const run = new Run(form, outcome, editor, (query) => history.add(query), () => show(form, outcome));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run.start();
  });
  savedQueries(document.querySelector("form.pick"), editor, () => void run.again());
  copying(form, editor);
  editor.showProblem(outcome);
  show(form, outcome);
  void readShared().then((query) => query && editor.set(query));
}

function show(form: HTMLFormElement, outcome: HTMLElement): void {
  const formats = [...outcome.querySelectorAll<HTMLButtonElement>(".downloads button[name=format]")];
  views(
    outcome,
    formats.map((one) => [one.value, one.textContent ?? ""]),
    (format, signal) => ask(form, { format }, signal),
  );
}

start();
