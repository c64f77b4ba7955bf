/** The saved queries beside the editor: searched while typing, with their parameters to choose. */

import { make } from "./dom";
import type { Editor } from "./editor";

interface Allowed {
  value: string;
  label: string;
}

interface Parameter {
  name: string;
  label: string;
  help: string;
  multiple: boolean;
  default: string[];
  class?: string;
  allowed?: (Allowed | string)[];
}

interface Saved {
  name: string;
  description: string;
  parameters: Parameter[];
  verified: { at: string; rows: number | null; reason: string | null } | null;
}

/** Makes a panel of the form that picks one; `run` asks what is in the editor. */
export function savedQueries(form: HTMLFormElement | null, editor: Editor, run: () => void): void {
  const select = form?.querySelector("select");
  if (!form || !select) return;
  const search = make("input", { type: "search", placeholder: "Search the questions" });
  search.setAttribute("aria-label", "Search the questions");
  const groups = new Map<string, HTMLLIElement[]>();
  for (const option of select.options) {
    const audience = option.closest("optgroup")?.label ?? "";
    groups.set(audience, [...(groups.get(audience) ?? []), entry(option, editor, run)]);
  }
  const sections = [...groups].map(([name, entries]) => make("section", {}, make("h2", {}, name), make("ul", {}, ...entries)));
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/);
    for (const section of sections) {
      const items = [...section.querySelectorAll("li")];
      for (const item of items) item.hidden = !words.every((word) => item.dataset.text?.includes(word));
      section.hidden = items.every((item) => item.hidden);
    }
  });
  const title = make("summary", {}, `${select.options.length} questions to start from`);
  const panel = make("details", { className: "saved-panel", open: matchMedia("(min-width: 72rem)").matches }, title, search, ...sections);
  form.replaceWith(panel);
  panel.parentElement?.classList.add("with-panel");
}

function entry(option: HTMLOptionElement, editor: Editor, run: () => void): HTMLLIElement {
  const { description = "", page = "" } = option.dataset;
  const pick = make("button", { type: "button", className: "pick" }, option.text.trim());
  const about = make("div", { className: "about", hidden: true });
  const item = make("li", {}, pick, about);
  item.dataset.text = `${option.text} ${option.closest("optgroup")?.label} ${description}`.toLowerCase();
  pick.setAttribute("aria-expanded", "false");
  pick.addEventListener("click", () => {
    about.hidden = !about.hidden;
    pick.setAttribute("aria-expanded", String(!about.hidden));
    if (!about.hidden) void open(page, about, editor, run);
  });
  return item;
}

/** Puts a question's query into the editor and asks it; beside it, its parameters. */
async function open(page: string, about: HTMLElement, editor: Editor, run: () => void): Promise<void> {
  const response = await fetch(page, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const saved = (await response.json()) as Saved;
  const form = make("form", {}, ...saved.parameters.map((one) => field(one, saved.name)));
  const update = (): Promise<void> => put(page, form, about, editor, run);
  form.addEventListener("change", () => void update());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void update();
  });
  const link = make("a", { href: page }, "On a page of its own");
  about.replaceChildren(make("p", { className: "help" }, saved.description), form, make("p", { className: "help" }, verdict(saved), " ", link));
  if (!about.querySelector(".empty")) await update();
}

async function put(page: string, form: HTMLFormElement, about: HTMLElement, editor: Editor, run: () => void): Promise<void> {
  const given = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  const response = await fetch(`${page}?${given}`, { headers: { Accept: "application/sparql-query" } });
  about.querySelector(".wrong")?.remove();
  const text = await response.text();
  if (response.ok) {
    editor.set(text.replace(/^(#\+.*\n)+/, ""));
    run();
  } else {
    const problem = JSON.parse(text) as { detail?: string; hint?: string };
    form.after(make("p", { className: "wrong" }, [problem.detail, problem.hint].filter(Boolean).join(" ")));
  }
}

function verdict({ verified }: Saved): string {
  if (!verified) return "";
  const when = verified.at.replace("T", " ").replace("+00:00", " UTC");
  const rows = verified.reason ?? `${verified.rows} row${verified.rows === 1 ? "" : "s"} for the values first shown`;
  return `Last verified ${when}: ${rows}.`;
}

function field(parameter: Parameter, query: string): HTMLElement {
  const id = `${query}-${parameter.name}`;
  const help = make("p", { className: "help", id: `${id}-help` }, parameter.help);
  if (parameter.class && !parameter.allowed?.length)
    return make("p", { className: "empty" }, `${parameter.label}: the graph has none. Load your own file with --data to ask this.`);
  const allowed = parameter.allowed?.map((one) => (typeof one === "string" ? { value: one, label: one } : one));
  if (allowed && parameter.multiple) return choices(parameter, allowed, help);
  const control = allowed ? choice(parameter, allowed) : make("input", { type: "text", value: parameter.default.join(" ") });
  const label = make("label", { htmlFor: id }, parameter.label);
  control.id = id;
  control.name = parameter.name;
  control.setAttribute("aria-describedby", help.id);
  return make("div", { className: "field" }, label, help, control);
}

function choice(parameter: Parameter, allowed: Allowed[]): HTMLSelectElement {
  const select = make("select");
  for (const one of allowed) select.add(new Option(one.label, one.value, isDefault(parameter, one), isDefault(parameter, one)));
  return select;
}

/** Boxes to tick, those ticked first. */
function choices(parameter: Parameter, allowed: Allowed[], help: HTMLElement): HTMLFieldSetElement {
  const boxes = allowed.map((one) => {
    const checked = isDefault(parameter, one);
    const box = make("input", { type: "checkbox", name: parameter.name, value: one.value, checked });
    return { checked, label: make("label", {}, box, ` ${one.label}`) };
  });
  const ordered = [...boxes.filter((box) => box.checked), ...boxes.filter((box) => !box.checked)];
  const list = make("div", { className: "choices" }, ...ordered.map((box) => box.label));
  return make("fieldset", {}, make("legend", {}, parameter.label), help, list);
}

function isDefault(parameter: Parameter, { value }: Allowed): boolean {
  return parameter.default.some((term) => term === value || term.endsWith(`/${value}`));
}
