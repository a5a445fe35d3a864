/* Parts of this page: found by their ids, shown or hidden, filled in parts. */

import { make } from "../drawing/elements.js";

/** Return the element with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Show or hide a part of the page. */
export function show(id, visible) {
  byId(id).hidden = !visible;
}

/** Put elements into a box, of which only the first are shown until all are asked for. */
export function fillInParts(box, elements, first) {
  const others = elements.slice(first);
  for (const element of others) element.hidden = true;
  box.append(...elements);
  if (others.length === 0) return;
  const button = make("button", { type: "button", class: "more" }, `Show all ${elements.length}`);
  button.addEventListener("click", () => {
    for (const element of others) element.hidden = false;
    const focusable = others[0].tabIndex >= 0;
    if (!focusable) box.tabIndex = -1; // pictures take no focus, but the box of them can
    (focusable ? others[0] : box).focus({ preventScroll: true });
    button.remove();
  });
  box.after(button);
}
