/* What the browser remembers: JSON in its local storage. Where that is forbidden or full, the page remembers it itself,
   as long as it is open. */

const PREFIX = "chainrule:";

export interface Store {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

export class BrowserStore implements Store {
  private readonly open = new Map<string, string>();

  get<T>(key: string): T | undefined {
    const text = this.open.get(key) ?? this.stored(key);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined; // somebody else's
    }
  }

  set(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(PREFIX + key, text);
      this.open.delete(key);
    } catch {
      this.open.set(key, text);
    }
  }

  private stored(key: string): string | null {
    try {
      return localStorage.getItem(PREFIX + key);
    } catch {
      return null;
    }
  }
}
