/* The hints for one part: one after the other, each when it is asked for. */

import { button, make } from "../elements";
import type { Page } from "../page";
import type { PartTold } from "./answer";
import { sentence } from "./prose";
import type { Reader } from "./report";

export class HintsBelow {
  private number = 0;
  private readonly next: HTMLButtonElement;
  private readonly list = make("ol", { className: "check-hints", "aria-live": "polite" });

  constructor(
    private readonly page: Page,
    private readonly reader: Pick<Reader, "hint">,
    private readonly part: PartTold,
  ) {
    this.next = button("", () => void this.show(), { className: "small" });
    this.name();
  }

  get elements(): HTMLElement[] {
    return [this.next, this.list];
  }

  private async show(): Promise<void> {
    this.next.disabled = true;
    try {
      const { hint } = await this.reader.hint(this.part.name, this.number + 1);
      this.number++;
      this.list.append(make("li", {}, ...sentence(hint)));
    } finally {
      this.next.disabled = false;
      this.name();
    }
  }

  private name(): void {
    const { number, part } = this;
    this.next.hidden = number >= part.hints;
    this.next.textContent = this.page.t("Hint {number} of {count}", { number: number + 1, count: part.hints });
  }
}
