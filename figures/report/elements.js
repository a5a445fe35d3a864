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
    others[0].focus();
    button.remove();
  });
  box.after(button);
}

/** Show or hide a part of the page. */
function show(id, visible) {
  byId(id).hidden = !visible;
}
