/** The saved queries beside the editor: searched as you type, put into it at a click. */

import type { Editor } from "./editor";

/** Makes a panel of the form that picks one. */
export function savedQueries(form: HTMLFormElement | null, editor: Editor): void {
  const select = form?.querySelector("select");
  if (!form || !select) return;
  const panel = document.createElement("details");
  panel.className = "saved-panel";
  const title = document.createElement("summary");
  title.textContent = `Start from one of ${select.options.length} questions`;
  const search = document.createElement("input");
  search.type = "search";
  search.placeholder = "Search the questions";
  search.setAttribute("aria-label", "Search the questions");
  const list = document.createElement("ul");
  const entries = [...select.options].map((option) => entry(option, form, editor, panel));
  list.append(...entries);
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/);
    for (const item of entries) {
      const text = item.dataset.text ?? "";
      item.hidden = !words.every((word) => text.includes(word));
    }
  });
  panel.append(title, search, list);
  form.replaceWith(panel);
}

function entry(option: HTMLOptionElement, form: HTMLFormElement, editor: Editor, panel: HTMLDetailsElement): HTMLLIElement {
  const item = document.createElement("li");
  const { audience = "", description = "", page = "" } = option.dataset;
  item.dataset.text = `${option.text} ${audience} ${description}`.toLowerCase();
  const pick = document.createElement("button");
  pick.type = "button";
  pick.className = "quiet";
  pick.textContent = option.text.trim();
  pick.addEventListener("click", () => void open(option, editor, panel));
  const about = document.createElement("p");
  about.className = "help";
  about.textContent = `${audience}. ${description} `;
  const link = document.createElement("a");
  link.href = page;
  link.textContent = "With its parameters";
  about.append(link);
  item.append(pick, about);
  return item;
}

async function open(option: HTMLOptionElement, editor: Editor, panel: HTMLDetailsElement): Promise<void> {
  const response = await fetch(option.dataset.page ?? "", { headers: { Accept: "application/sparql-query" } });
  if (!response.ok) return;
  const text = await response.text();
  editor.set(text.replace(/^(#\+.*\n)+/, ""));
  panel.open = false;
  editor.focus();
}
