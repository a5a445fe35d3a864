/* The page's words: English, as it stands in the code, or Korean from the files ko.json. */

export type Language = "en" | "ko";
export type Values = Record<string, string | number>;

let korean: Record<string, string> = {}; // once it was learned

/** Take the Korean texts, before they are spoken. */
export function learn(words: Record<string, string>): void {
  korean = words;
}

/** Return a text in a language, with its values: "{count} samples". */
export function translated(language: Language, text: string, values: Values = {}): string {
  const words = language === "ko" ? (korean[text] ?? text) : text;
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Return a text as it is: one that is translated where it is shown, by t(text). */
export function N_(text: string): string {
  return text;
}

/** Return the language that is wished for: chosen here before, or else the browser's. */
export function wishedLanguage(chosen: unknown, browser: readonly string[]): Language {
  if (chosen === "en" || chosen === "ko") return chosen;
  const known = browser.map((name) => name.slice(0, 2).toLowerCase()).find((name) => name === "en" || name === "ko");
  return (known ?? "en") as Language;
}
