/** Search while typing: a combobox, as the ARIA Authoring Practices have it. */

import { make } from "./dom";

interface Hit {
  label: string;
  matched: string;
  kind: string;
  page: string;
}

const PAUSE = 90; // milliseconds after the last key
const MOST = 8;
let numbers = 0;

/** Lets a search form show what it finds under its field. Enter without a choice searches as before. */
export function suggestions(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  if (!input) return;
  const list = make("ul", { className: "suggestions", id: `suggestions-${(numbers += 1)}`, hidden: true });
  const told = make("span", { className: "visually-hidden" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  told.setAttribute("role", "status");
  input.type = "text"; // a search field may not be a combobox
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" }))
    input.setAttribute(name, value);
  input.after(list, told);
  const box = new Box(form, input, list, told);
  input.addEventListener("input", () => box.typed());
  input.addEventListener("keydown", (event) => box.key(event));
  input.addEventListener("blur", () => setTimeout(() => box.close(), 150)); // a click on the list comes first
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

class Box {
  private asked: AbortController | null = null;
  private timer = 0;
  private active = -1;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLUListElement,
    private readonly told: HTMLElement,
  ) {}

  typed(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < 2) return this.close();
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  key(event: KeyboardEvent): void {
    const options = this.options;
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      options[this.active]?.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || options.length === 0) return;
    event.preventDefault();
    const places = options.length + 1; // one for none of them
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  private get options(): HTMLLIElement[] {
    return this.list.hidden ? [] : [...this.list.querySelectorAll<HTMLLIElement>("li")];
  }

  private async ask(): Promise<void> {
    const words = this.input.value.trim();
    const controller = (this.asked = new AbortController());
    const url = new URL(this.form.action, location.href);
    url.search = new URLSearchParams({ q: words, format: "json" }).toString();
    try {
      const response = await fetch(url, { signal: controller.signal });
      if (response.ok) this.show((await response.json()) as Hit[]);
    } catch {
      // Left for a newer question, or the server is away: the form still works.
    }
  }

  private show(hits: Hit[]): void {
    this.list.replaceChildren(...hits.slice(0, MOST).map((hit, place) => this.option(hit, place)));
    this.list.hidden = hits.length === 0;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    this.activate(-1);
    this.told.textContent = hits.length === 1 ? "One found" : `${hits.length || "None"} found`;
  }

  private option(hit: Hit, place: number): HTMLLIElement {
    const name = make("span", {}, hit.label);
    if (hit.matched !== hit.label) name.append(make("span", { className: "note" }, ` ${hit.matched}`));
    const option = make("li", { id: `${this.list.id}-${place}` }, name, make("span", { className: "tag" }, hit.kind));
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.addEventListener("click", () => location.assign(hit.page));
    return option;
  }

  private activate(place: number): void {
    this.active = place;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const chosen = this.options[place];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
