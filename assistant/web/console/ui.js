/** Small parts that all views are made of. */
import { freshId, h, icon } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';

export function button(words, onClick, { kind = 'plain', label = null, ...attributes } = {}) {
  return h('button', { type: 'button', class: kind, 'aria-label': label, ...attributes, on: { click: onClick } }, words);
}

export function link(words, href, { kind = 'link', ...attributes } = {}) {
  return h('a', { class: kind, href, ...attributes }, words);
}

export function tag(words, kind = '') {
  return h('span', { class: `tag ${kind}`.trim() }, words);
}

/** Facts of one line, those that are missing left out. */
export function facts(...parts) {
  const known = parts.filter(Boolean);
  return h('p', { class: 'facts' }, ...known.map((part) => (part instanceof Node ? part : h('span', {}, part))));
}

/** A label above its field. */
export function field(words, input, { hint = '' } = {}) {
  input.id ||= freshId('field');
  const note = hint ? h('p', { class: 'hint', id: `${input.id}-hint` }, hint) : null;
  if (note) input.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: input.id }, words), input, note);
}

/** What went wrong, where the person is looking. */
export function notice(title, said, ...more) {
  const words = h('div', {}, h('strong', {}, title), said ? h('p', { lang: langOf(said) }, said) : null, ...more);
  return h('div', { class: 'notice', role: 'alert' }, icon('alert'), words);
}

export function note(words, kind = '') {
  return h('p', { class: `note ${kind}`.trim(), role: 'note' }, words);
}

/** Asks before something that cannot simply be undone; resolves to true or false. */
export function confirm(app, { title, detail, yes, danger = false }) {
  const id = freshId('ask');
  const no = button(app.t('cancel'), () => dialog.close());
  const go = button(yes, () => dialog.close('yes'), { kind: danger ? 'main danger' : 'main' });
  const dialog = h(
    'dialog',
    { class: 'ask', 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-detail` },
    h('h2', { id: `${id}-title` }, title),
    h('p', { id: `${id}-detail` }, detail),
    h('div', { class: 'buttons' }, no, go),
  );
  document.body.append(dialog);
  dialog.showModal();
  (danger ? no : go).focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

/** Calls `act` once nothing has happened for a while. */
export function later(act, wait) {
  let timer = 0;
  const soon = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
  soon.stop = () => clearTimeout(timer);
  return soon;
}
