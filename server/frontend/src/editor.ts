/** The editor: SPARQL in colour, completion by label, problems marked where they are. */

import Yasqe from "@zazuko/yasqe";

import { complete, prefixesFor } from "./completion";

export interface Editor {
  get(): string;
  set(query: string): void;
  format(): void;
  focus(): void;
  /** Marks the problem that `outcome` tells, if it tells one, and nothing else. */
  showProblem(outcome: HTMLElement): void;
}

/** Puts an editor in the place of a text area, which keeps the query for the form. */
export function createEditor(text: HTMLTextAreaElement, run: () => void, cancel: () => void): Editor {
  const place = document.createElement("div");
  place.className = "editor";
  text.after(place);
  const yasqe = new Yasqe(place, {
    value: text.value,
    autocompleters: [],
    prefixCcApi: null,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: () => location.href,
    pluginButtons: () => [],
    showQueryButton: false,
    syntaxErrorCheck: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    screenReaderLabel: "Query",
    foldGutter: false,
    gutters: ["CodeMirror-linenumbers"],
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      Esc: cancel,
      "Ctrl-Space": () => suggest(yasqe),
      "Shift-Ctrl-F": () => yasqe.autoformat(),
      "Ctrl-/": () => yasqe.commentLines(),
      // The keyboard must be able to leave the editor.
      Tab: false,
      "Shift-Tab": false,
    },
  } as ConstructorParameters<typeof Yasqe>[1]);
  text.hidden = true;
  yasqe.on("change", () => (text.value = yasqe.getValue()));
  yasqe.on("inputRead" as never, ((_: unknown, change: { text: string[] }) => {
    if (/^[\w:-]$/.test(change.text[0] ?? "")) suggest(yasqe);
  }) as never); // an event of CodeMirror's that the types of its wrapper leave out
  let marks: { clear(): void }[] = [];
  return {
    get: () => yasqe.getValue(),
    set: (query) => yasqe.setValue(query.trimEnd() + "\n"),
    format: () => yasqe.autoformat(),
    focus: () => yasqe.focus(),
    showProblem(outcome) {
      marks.forEach((mark) => mark.clear());
      marks = problemMarks(yasqe, outcome.querySelector<HTMLElement>(".problem[data-line]"));
    },
  };
}

function problemMarks(yasqe: Yasqe, problem: HTMLElement | null): { clear(): void }[] {
  if (!problem) return [];
  const line = Number(problem.dataset.line) - 1;
  const column = Number(problem.dataset.column ?? 1) - 1;
  const wide = problem.dataset.offending?.split("\n")[0]?.length || 1;
  const told = document.createElement("p");
  told.className = "told";
  told.textContent = [problem.dataset.detail, problem.dataset.hint].filter(Boolean).join(" ");
  yasqe.setCursor({ line, ch: column });
  problem.classList.add("marked");
  return [
    yasqe.markText({ line, ch: column }, { line, ch: column + wide }, { className: "wrong-here" }),
    yasqe.addLineWidget(line, told),
  ];
}

function suggest(yasqe: Yasqe): void {
  void complete(yasqe.getCursor(), yasqe.getLine(yasqe.getCursor().line)).then((found) => {
    if (!found || found.list.length === 0) return;
    yasqe.showHint({
      completeSingle: false,
      closeCharacters: /[\s,;.{}()]/,
      hint: () => ({
        from: found.from,
        to: found.to,
        list: found.list.map((term) => ({
          text: term.name,
          displayText: `${term.label}  ${term.name}`,
          hint: () => {
            yasqe.replaceRange(term.name, found.from, found.to);
            const missing = prefixesFor(term, yasqe.getPrefixesFromQuery());
            if (missing) yasqe.addPrefixes(missing);
          },
        })),
      }),
    } as never);
  });
}
