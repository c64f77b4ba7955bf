/** A result as the server sends it to programs, in each of its formats. */

import { make } from "./dom";
import type { Ask } from "./rest";

const MOST = 200_000; // characters that are shown

/** Returns a text that is JSON on one line as people read it; any other as it is. */
export function indented(text: string): string {
  if (text.length > MOST || !/^[[{].*\s*$/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Returns a view of the text in one of the formats; it is asked for when it is first shown. */
export function raw(formats: [string, string][], ask: Ask): { element: HTMLElement; show(): void } {
  const choice = make("select");
  choice.setAttribute("aria-label", "Format");
  for (const [name, label] of formats) choice.add(new Option(label, name));
  const text = make("pre", { tabIndex: 0 });
  const element = make("div", { className: "raw" }, choice, text);
  let shown = "";
  const show = async (): Promise<void> => {
    const format = choice.value;
    if (shown === format) return;
    shown = format;
    text.textContent = "…";
    try {
      const response = await ask(format);
      const found = indented(await response.text());
      if (shown !== format) return;
      text.textContent = found.length > MOST ? `${found.slice(0, MOST)}\n… The download has the rest.` : found;
    } catch (error) {
      text.textContent = `The server does not answer: ${String(error)}`;
    }
  };
  choice.addEventListener("change", () => void show());
  return { element, show: () => void show() };
}
