/* The page, put together: three tabs, two languages, and the Pythons that they share. */

import "../../figures/drawing/colours.css";
import "./page.css";
import "./check/check.css";
import "./see/see.css";
import "./train/train.css";
import { checkView } from "./check/view";
import { button, make } from "./elements";
import { LoadingBar } from "./loading";
import type { Page, TabName, View, Wishes } from "./page";
import { json } from "./runtime/fetching";
import { type Loaded, Python } from "./runtime/python";
import { seeView } from "./see/view";
import { BrowserStore } from "./store";
import { trainView } from "./train/view";
import { type Language, learn, N_, translated, type Values, wishedLanguage } from "./words";

const VIEWS: Record<TabName, (page: Page) => View> = { check: checkView, see: seeView, train: trainView };
const TITLES: Record<TabName, string> = { check: N_("Check"), see: N_("See"), train: N_("Train") };
const TABS = Object.keys(VIEWS) as TabName[];
const LANGUAGES: Record<Language, string> = { en: "English", ko: "한국어" };

class Whole implements Page {
  readonly store = new BrowserStore();
  readonly site = new URL(".", document.baseURI).href;
  language = wishedLanguage(this.store.get("language"), navigator.languages);
  private readonly pythons = new Map<string, Python>();
  private readonly loaded: Loaded = { image: null };
  private readonly spoken = make("p", { className: "hidden", role: "status" });
  private readonly loading = new LoadingBar(this);
  private views = new Map<TabName, View>();
  private current: TabName = "check";

  python(name: string): Python {
    let python = this.pythons.get(name);
    if (!python) {
      python = new Python(this.site, this.loaded, () => this.language);
      this.pythons.set(name, python);
      this.loading.follow(python);
    }
    return python;
  }

  t(text: string, values?: Values): string {
    return translated(this.language, text, values);
  }

  status(text: string): void {
    this.spoken.textContent = text;
  }

  tab(name: TabName, wishes?: Wishes): void {
    const before = this.current;
    this.current = name;
    if (before !== name) this.views.get(before)?.hidden?.();
    for (const tab of TABS) {
      const isCurrent = tab === name;
      const link = document.getElementById(`tab-${tab}`)!;
      if (isCurrent) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      this.place(tab).hidden = !isCurrent;
    }
    if (!this.views.has(name)) this.build(name);
    this.views.get(name)!.shown?.(wishes);
    if (hashTab() !== name) history.replaceState(null, "", `#${name}`);
  }

  /** Build everything anew, in the language that is spoken now. */
  show(): void {
    this.views.forEach((view) => view.destroy?.());
    this.views = new Map();
    document.documentElement.lang = this.language;
    document.title = `chainrule: ${this.t("Write a backward, see what is wrong, watch it learn")}`;
    const places = TABS.map((name) => make("div", { id: name, hidden: true }));
    document.body.replaceChildren(
      make("a", { className: "skip", href: "#main" }, this.t("Skip to the content")),
      this.head(),
      make("main", { id: "main", tabIndex: -1 }, ...places),
      make("footer", { className: "small quiet" }, this.t("Nothing leaves this page: Python runs in your browser."), " ", this.t("Works offline, too.")),
      this.spoken,
    );
    this.tab(hashTab() ?? this.current);
  }

  private head(): HTMLElement {
    const tabs = TABS.map((name) => make("a", { id: `tab-${name}`, href: `#${name}` }, this.t(TITLES[name])));
    const languages = Object.entries(LANGUAGES).map(([name, title]) =>
      button(title, () => void this.speak(name as Language), { lang: name, "aria-pressed": String(name === this.language) }),
    );
    return make(
      "header",
      {},
      make("h1", {}, make("span", { className: "brand" }, "chainrule"), make("span", { className: "motto quiet" }, this.t("Write a backward, see what is wrong, watch it learn"))),
      make("nav", { "aria-label": "chainrule" }, ...tabs),
      make("div", { className: "languages", role: "group", "aria-label": this.t("Language") }, ...languages),
      this.loading.element,
    );
  }

  /** Fetch the words of a language, where they are not in the code. */
  async learn(language: Language): Promise<void> {
    if (language === "ko") learn(await json<Record<string, string>>(`${this.site}words-ko.json.gz`));
  }

  private async speak(language: Language): Promise<void> {
    await this.learn(language);
    this.language = language;
    this.store.set("language", language);
    this.loading.show();
    this.show();
    document.querySelector<HTMLElement>(`.languages [lang=${language}]`)?.focus();
  }

  private place(name: TabName): HTMLElement {
    return document.getElementById(name)!;
  }

  private build(name: TabName): void {
    const view = VIEWS[name](this);
    this.views.set(name, view);
    this.place(name).replaceChildren(view.element);
  }
}

/** The tab that the address names: #check, or #check=... */
function hashTab(): TabName | undefined {
  const name = location.hash.slice(1).split("=")[0];
  return TABS.find((tab) => tab === name);
}

const page = new Whole();
await page.learn(page.language);
page.show();
addEventListener("hashchange", () => {
  const name = hashTab();
  if (name) page.tab(name);
});
page.python("desk").onState(({ what }) => {
  // Only now, so that what is kept for later visits does not delay the first.
  if (what === "ready" && "serviceWorker" in navigator) navigator.serviceWorker.register("service-worker.js").catch(console.warn);
});
