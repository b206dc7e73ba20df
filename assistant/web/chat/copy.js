/** Copying text, also where the clipboard interface is missing or forbidden. */
import { h } from './dom.js';

/** True when the text is on the clipboard. `beside` is an element that may receive focus. */
export async function copyText(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, beside);
  }
}

function copyBySelection(text, beside) {
  const field = h('textarea', { class: 'unseen', readonly: true, tabindex: '-1', 'aria-hidden': 'true' });
  field.value = text;
  beside.after(field);
  field.select();
  let copied = false;
  try {
    copied = document.execCommand('copy');
  } catch {
    copied = false;
  }
  field.remove();
  beside.focus();
  return copied;
}
