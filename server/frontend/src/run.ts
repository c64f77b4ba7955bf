/** Runs the query in the page: the server's own page is asked, and its outcome put in place. */

import { button, make, parse } from "./dom";
import type { Editor } from "./editor";
import { linkTo } from "./sharing";

export class Run {
  private controller: AbortController | null = null;
  private readonly cancelButton = button("Cancel", () => this.cancel());
  private readonly status = make("span", { className: "status" });

  constructor(
    private readonly form: HTMLFormElement,
    private readonly outcome: HTMLElement,
    private readonly editor: Editor,
    private readonly asked: (query: string) => void,
    private readonly shown: () => void,
  ) {
    const actions = form.querySelector(".actions") ?? form;
    this.cancelButton.hidden = true;
    this.status.setAttribute("role", "status");
    actions.append(this.cancelButton);
    actions.after(this.status);
    outcome.addEventListener("submit", (event) => this.turn(event));
  }

  /** Asks for a page of the result, unless it is being asked. Leaving a request ends its query. */
  async start(page = "1"): Promise<void> {
    if (this.controller) return;
    const controller = (this.controller = new AbortController());
    const query = this.editor.get();
    const begun = performance.now();
    const clock = setInterval(() => this.say(`Running: ${seconds(begun)} s`), 100);
    this.cancelButton.hidden = false;
    try {
      const response = await ask(this.form, { page }, controller.signal);
      this.show(await response.text());
      this.say(summary(response, begun));
      this.asked(query);
      history.replaceState(null, "", await linkTo(this.form));
    } catch (error) {
      this.say(controller.signal.aborted ? "Cancelled." : `The server does not answer: ${String(error)}`);
    } finally {
      clearInterval(clock);
      this.controller = null;
      this.cancelButton.hidden = true;
    }
  }

  /** Ends what is being asked, and asks again. */
  async again(): Promise<void> {
    this.cancel();
    while (this.controller) await new Promise((done) => setTimeout(done, 20));
    await this.start();
  }

  cancel(): void {
    this.controller?.abort();
  }

  private turn(event: SubmitEvent): void {
    const pressed = event.submitter as HTMLButtonElement | null;
    if (pressed?.name !== "page") return;
    event.preventDefault();
    void this.start(pressed.value);
  }

  private show(page: string): void {
    this.outcome.replaceChildren(...(parse(page).querySelector("#outcome")?.childNodes ?? []));
    this.editor.showProblem(this.outcome);
    this.shown();
  }

  private say(words: string): void {
    this.status.textContent = words;
  }
}

/** Sends what the form asks, with other fields beside. */
export function ask(form: HTMLFormElement, more: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const headers: Record<string, string> = more.format ? {} : { Accept: "text/html" };
  return fetch(form.action, { method: "POST", body, headers, signal: signal ?? null });
}

function summary(response: Response, begun: number): string {
  const kept = response.headers.get("Server-Timing")?.includes("desc=hit");
  return `${kept ? "A kept answer" : "Answered"}, here after ${seconds(begun)} s.`;
}

function seconds(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}
