/** What happened, newest first, in words. */
import { h } from '../chat/dom.js';
import { langOf } from '../chat/texts.js';
import { clock, inLang, t } from './texts.js';

export class Story {
  #seen = new Set();
  #list = h('ol', { class: 'story', role: 'list' });
  node = h('div', { role: 'log' }, this.#list);

  /** `names`: role → its name in both languages; `actions`: id → text. */
  constructor(lang, names, actions) {
    this.lang = lang;
    this.names = names;
    this.actions = actions;
    this.node.setAttribute('aria-label', t(lang, 'story'));
  }

  add(event) {
    if (this.#seen.has(event.seq)) return '';
    this.#seen.add(event.seq);
    const told = this.#told(event);
    const who = event.by ? h('strong', {}, event.by) : null;
    const words = h('span', { class: 'words', lang: event.kind === 'note' ? langOf(event.text) : this.lang }, told);
    const line = h('li', { class: `event ${event.kind}` }, h('time', { datetime: event.at }, clock(event.at)), h('div', {}, who, who ? ' ' : null, words));
    this.#list.prepend(line);
    return event.by ? `${event.by}: ${told}` : told;
  }

  #told(event) {
    const named = (role) => inLang(this.names.get(role), this.lang) || role;
    const unheard = event.kind === 'escalated' && !event.to;
    return t(this.lang, unheard ? 'ev_unheard' : `ev_${event.kind}`, {
      party: named(event.party),
      to: event.kind === 'escalated' ? named(event.to) : event.to,
      text: event.text,
      action: inLang(this.actions.get(event.action), this.lang),
    });
  }
}
