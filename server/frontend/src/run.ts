/** Runs the query in the page: the server's own page is asked, and its outcome put in place. */

import type { Editor } from "./editor";
import { linkTo } from "./sharing";

export class Run {
  private controller: AbortController | null = null;
  private readonly cancelButton: HTMLButtonElement;
  private readonly status: HTMLElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly outcome: HTMLElement,
    private readonly editor: Editor,
    private readonly asked: (query: string) => void,
    private readonly shown: () => void,
  ) {
    const actions = form.querySelector(".actions") ?? form;
    this.cancelButton = document.createElement("button");
    this.cancelButton.type = "button";
    this.cancelButton.className = "quiet";
    this.cancelButton.textContent = "Cancel";
    this.cancelButton.hidden = true;
    this.cancelButton.addEventListener("click", () => this.cancel());
    this.status = document.createElement("span");
    this.status.className = "status";
    this.status.setAttribute("role", "status");
    actions.append(this.cancelButton);
    actions.after(this.status);
  }

  /** Asks, unless something is being asked. Leaving a request is what ends its query. */
  async start(): Promise<void> {
    if (this.controller) return;
    const controller = (this.controller = new AbortController());
    const query = this.editor.get();
    const begun = performance.now();
    const clock = setInterval(() => this.say(`Running: ${seconds(begun)} s`), 100);
    this.cancelButton.hidden = false;
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form) as unknown as Record<string, string>),
        headers: { Accept: "text/html" },
        signal: controller.signal,
      });
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

  cancel(): void {
    this.controller?.abort();
  }

  private show(page: string): void {
    const found = new DOMParser().parseFromString(page, "text/html").querySelector("#outcome");
    this.outcome.replaceChildren(...(found?.childNodes ?? []));
    this.editor.showProblem(this.outcome);
    this.shown();
  }

  private say(words: string): void {
    this.status.textContent = words;
  }
}

function summary(response: Response, begun: number): string {
  const kept = response.headers.get("Server-Timing")?.includes("desc=hit");
  return `${seconds(begun)} s${kept ? ", a kept answer" : ""}`;
}

function seconds(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}
