/** Elements, made in one call. */

type Children = (Node | string)[];

/** Returns an element with its properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Children
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Returns a button that does something in the page. */
export function button(words: string, act: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", className: "quiet" }, words);
  made.addEventListener("click", act);
  return made;
}

/** Returns the page that a text of HTML is; no script of it runs. */
export function parse(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html");
}
