import { make } from "../elements";
import type { Page, View } from "../page";

export function trainView(page: Page): View {
  return { element: make("section", { className: "panel" }, page.t("Train")) };
}
