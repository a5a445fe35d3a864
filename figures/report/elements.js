"use strict";

/* Elements of the page. Whatever comes from the run is set as text, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Return the element with that id. */
function byId(id) {
  return document.getElementById(id);
}

/** Return a new element; its children are elements, or strings, which become text. */
function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** Return a new element of a vector graphic. */
function makeSvg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Put elements into a box, of which only the first are shown until all are asked for. */
function fillInParts(box, elements, first) {
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

/** Let the keyboard reach a box, by a name, whenever it has to be scrolled to be seen. */
function scrollable(box, name) {
  const asScrolled = { tabindex: 0, role: "region", "aria-label": name };
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) dress(box, asScrolled, []);
    else for (const attribute of Object.keys(asScrolled)) box.removeAttribute(attribute);
  }).observe(box);
}

/** Show or hide a part of the page. */
function show(id, visible) {
  byId(id).hidden = !visible;
}
