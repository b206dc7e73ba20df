/**
 * Making elements. Text goes in as text nodes only; there is no way here to pass markup.
 */

/** An element with attributes, listeners (`on`) and children; null and empty children are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

function assign(node, name, value) {
  if (name === 'on') {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (value === true) {
    node.setAttribute(name, '');
  } else if (value !== false && value !== null && value !== undefined) {
    node.setAttribute(name, String(value));
  }
}

const SHAPES = {
  ask: ['M21 11.5a8.4 8.4 0 0 1-12.2 7.6L3 21l1.9-5.8A8.5 8.5 0 1 1 21 11.5Z', 'M12 8v4', 'M12 15v.01'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  fresh: ['M12 20h8', 'M16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1 1-4Z'],
  send: ['M12 19V5', 'M6 11l6-6 6 6'],
  stop: ['M7 7h10v10H7Z'],
  copy: ['M9 9h11v11H9Z', 'M5 15H4V4h11v1'],
  tick: ['M5 12.5l4.5 4.5L19 7.5'],
  alert: ['M12 3.5 2.5 20h19Z', 'M12 10v4.5', 'M12 17.2v.01'],
  note: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z', 'M12 11v5.5', 'M12 7.8v.01'],
  down: ['M6 9.5l6 6 6-6'],
  call: ['M18 16v-5a6 6 0 1 0-12 0v5l-2 2.5h16Z', 'M10 21h4'],
};

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing beside a text that already says the same; assistive technology skips it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon', `icon-${name}`);
  for (const d of SHAPES[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Does `work`, and keeps the first of `marks` that can be seen in `box` where it is on the screen. */
export function keepPlace(box, marks, work) {
  const edge = box.getBoundingClientRect().top;
  const top = (node) => node.getBoundingClientRect().top;
  const seen = [...box.querySelectorAll(marks)].find((node) => node.getClientRects().length > 0 && top(node) >= edge);
  const before = seen && top(seen);
  work();
  if (seen?.isConnected) box.scrollTop += top(seen) - before;
}

let last = 0;

/** An id that is used once in this document. */
export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}

/** Keeps Tab inside `box`; listen for it on keydown. */
export function cycleFocus(event, box) {
  if (event.key !== 'Tab') return;
  const stops = [...box.querySelectorAll('button, input, textarea, [href], [tabindex="0"]')].filter(
    (node) => !node.disabled && node.getClientRects().length > 0,
  );
  if (stops.length === 0) return;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (box.getRootNode().activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}
