/** Buttons beside Run: format the query, copy a link to it, copy it as code. */

import { button } from "./dom";
import type { Editor } from "./editor";
import { linkTo } from "./sharing";
import { SNIPPETS } from "./snippets";

export function copying(form: HTMLFormElement, editor: Editor): void {
  const actions = form.querySelector(".actions") ?? form;
  const choice = document.createElement("select");
  choice.className = "copy-as";
  choice.setAttribute("aria-label", "Copy the query as code");
  choice.add(new Option("Copy as…", ""));
  for (const name of Object.keys(SNIPPETS)) choice.add(new Option(name, name));
  choice.addEventListener("change", () => {
    const snippet = SNIPPETS[choice.value];
    if (snippet) void copy(snippet(asked(form, editor)), `Copied as ${choice.value}.`, form);
    choice.value = "";
  });
  actions.append(
    button("Format", () => editor.format()),
    button("Copy link", () => void linkTo(form).then((link) => copy(link, "Link copied.", form))),
    choice,
  );
}

function asked(form: HTMLFormElement, editor: Editor) {
  const graph = new FormData(form).get("default-graph-uri");
  return {
    endpoint: new URL(form.action, location.href).href,
    query: editor.get().trim(),
    graph: typeof graph === "string" ? graph : "",
  };
}

async function copy(text: string, done: string, form: HTMLFormElement): Promise<void> {
  const status = form.querySelector(".status");
  try {
    await navigator.clipboard.writeText(text);
    if (status) status.textContent = done;
  } catch {
    show(text, form);
  }
}

/** Where a page may not write to the clipboard, the text is shown to be copied. */
function show(text: string, form: HTMLFormElement): void {
  const pre = form.querySelector("pre.copied") ?? document.createElement("pre");
  pre.className = "copied";
  pre.setAttribute("tabindex", "0");
  pre.textContent = text;
  form.append(pre);
}
