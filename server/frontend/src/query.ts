/** The page /sparql with an editor. Without this script its forms do the same, a page at a time. */

import "./query.css";

import { copying } from "./copying";
import { createEditor, type Editor } from "./editor";
import { History } from "./history";
import { views } from "./views";
import { Run } from "./run";
import { savedQueries } from "./saved";
import { readShared } from "./sharing";

function start(): void {
  const form = document.querySelector<HTMLFormElement>("form.ask");
  const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const outcome = document.querySelector<HTMLElement>("#outcome");
  if (!form || !text || !outcome) return;
  const editor: Editor = createEditor(text, () => void run.start(), () => run.cancel());
  const history = new History(document.querySelector("#history"), (query) => editor.set(query));
  const run = new Run(form, outcome, editor, (query) => history.add(query), () => views(outcome));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run.start();
  });
  savedQueries(document.querySelector("form.pick"), editor);
  copying(form, editor);
  editor.showProblem(outcome);
  views(outcome);
  void readShared().then((query) => query && editor.set(query));
}

start();
