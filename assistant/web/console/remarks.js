/** What was left out of a file, and why: shown as text, never followed. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';

export function remarkList(app, remarks) {
  const rows = remarks.map(({ kind, locator, text }) =>
    h(
      'li',
      { class: `remark ${kind}` },
      h('strong', {}, app.t(`remark_${kind}`)),
      locator ? h('span', { class: 'where', lang: langOf(locator) }, locator) : null,
      h('p', { lang: langOf(text) }, text),
    ),
  );
  return h('ul', { class: 'remarks', role: 'list' }, ...rows);
}
