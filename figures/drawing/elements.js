/* Elements. What they say is set as text, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number | boolean>} Attributes */

/**
 * Return a new element; its children are elements, or strings, which become text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/**
 * Return a new element of a vector graphic.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * Give an element attributes and children.
 * @template {Element} Kind
 * @param {Kind} element
 * @param {Attributes} attributes
 * @param {(Node | string)[]} [children]
 */
export function dress(element, attributes, children = []) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Let the keyboard reach a box, by a name, whenever it has to be scrolled to be seen.
 * @param {HTMLElement} box
 * @param {string} name
 */
export function scrollable(box, name) {
  const asScrolled = { tabindex: 0, role: "region", "aria-label": name };
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) dress(box, asScrolled);
    else for (const attribute of Object.keys(asScrolled)) box.removeAttribute(attribute);
  }).observe(box);
}
