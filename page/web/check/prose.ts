/* Text with more than letters in it. */

import { make } from "../elements";

/** Return the text of an exercise. It is the only HTML that the page takes as it is: the build has made it of our own
    Markdown, and nothing that anybody types goes into it. */
export function prose(html: string): HTMLElement {
  const element = make("div", { className: "check-prose" });
  element.innerHTML = html;
  return element;
}

/** Return a message as nodes, what stands between backticks as code. */
export function sentence(message: string): (Node | string)[] {
  const pieces = message.split("`");
  if (pieces.length % 2 === 0) return [message]; // one of them stands alone
  return pieces.map((piece, place) => (place % 2 ? make("code", {}, piece) : piece));
}
