/** One resource: what it is now, and what it can be set to. */
import { freshId, h } from '../chat/dom.js';
import { inLang, t, timeOf } from './texts.js';

const SETTINGS = ['available', 'used', 'reserved', 'off'];
const LENGTHS = [30, 60, 120, 240];

export class Row {
  #page;
  #line;
  #id = freshId('row');
  #name = h('h2', { id: this.#id });
  #status = h('p', { class: 'status' });
  #detail = h('p', { class: 'detail' });
  #count = h('div', { class: 'counter' });
  #buttons = new Map();
  #ask = h('div', { class: 'lengths', role: 'group', hidden: true });

  /** `page`: lang, now, set(row, change, words). */
  constructor(page, line) {
    this.#page = page;
    const group = h('div', { class: 'settings', role: 'group' });
    for (const status of SETTINGS) {
      const button = h('button', { type: 'button', class: `set ${status}`, on: { click: () => this.#pressed(status) } });
      this.#buttons.set(status, button);
      group.append(button);
    }
    this.group = group;
    this.node = h(
      'li',
      { class: 'thing', 'data-id': line.id },
      h('div', { class: 'thing-head' }, h('div', {}, this.#name, this.#detail), h('div', { class: 'now' }, this.#status, this.#count)),
      group,
      this.#ask,
    );
    this.show(line);
  }

  get line() {
    return this.#line;
  }

  get name() {
    return inLang(this.#line.name, this.#page.lang);
  }

  #t(key, values) {
    return t(this.#page.lang, key, values);
  }

  statusName(status) {
    const person = this.#line.kind === 'person' && (status === 'off' || status === 'closed');
    return this.#t(person ? `${status}Person` : status);
  }

  /** Takes the newest state; what is focused stays where it is. */
  show(line) {
    this.#line = line;
    const { status, until } = line;
    const time = until && timeOf(this.#page.lang, until, this.#page.now);
    this.node.dataset.status = status;
    this.#name.textContent = this.name;
    const end = time ? this.#t(status === 'closed' ? 'since' : 'until', { time }) : '';
    this.#status.replaceChildren(h('span', { class: `pill ${status}` }, this.statusName(status)), h('span', { class: 'end' }, end));
    const facts = [inLang(line.place, this.#page.lang), line.remark || inLang(line.note, this.#page.lang), inLang(line.channel, this.#page.lang)];
    this.#detail.textContent = facts.filter(Boolean).join(' · ');
    this.group.setAttribute('aria-label', this.#t('set', { name: this.name }));
    for (const [name, button] of this.#buttons) {
      button.textContent = this.statusName(name);
      button.setAttribute('aria-pressed', String(name === status));
    }
    this.#showCount();
  }

  #showCount() {
    const { total, free, taken, kind } = this.#line;
    if (total === null || kind === 'person') {
      this.#count.replaceChildren();
      return;
    }
    const words = this.#t('left', { n: free, all: total });
    const kept = taken ? h('span', { class: 'kept' }, this.#t('promisedCount', { n: taken })) : null;
    if (this.#count.childElementCount === 0) {
      const step = (sign, key, by) =>
        h('button', { type: 'button', class: 'step', 'data-key': key, on: { click: () => this.#step(by) } }, sign);
      this.#count.append(step('−', 'fewer', -1), h('span', { class: 'left' }), step('+', 'more', 1));
    }
    for (const button of this.#count.querySelectorAll('.step')) {
      button.setAttribute('aria-label', this.#t(button.dataset.key, { name: this.name }));
      button.disabled = button.dataset.key === 'fewer' && total === 0;
    }
    this.#count.querySelector('.left').replaceChildren(words, ...(kept ? [kept] : []));
  }

  #step(by) {
    const count = this.#line.total + by;
    this.#page.set(this, { count }, this.#t('left', { n: Math.max(0, this.#line.free + by), all: count }));
  }

  /** Something in use or away has an end: asked at once, one more tap. */
  #pressed(status) {
    const { lang } = this.#page;
    const choose = (minutes) => {
      this.#close(status);
      this.#page.setFor(this, status, minutes, this.statusName(status));
    };
    const length = (minutes) => {
      const words = minutes < 60 ? t(lang, 'minutes', { n: minutes }) : t(lang, 'hours', { n: minutes / 60 });
      return choice(words, () => choose(minutes));
    };
    const outside = status === 'available' && this.#line.status === 'closed';
    if (status === 'available' && !outside) {
      this.#page.set(this, { status: null }, this.statusName('available'), { fallback: { status: 'available' } });
      return;
    }
    const open = status === 'reserved' || outside ? [] : [choice(this.#t('open'), () => choose(null))];
    this.#ask.setAttribute('aria-label', `${this.name}: ${this.statusName(status)}. ${this.#t('howLong')}`);
    this.#ask.replaceChildren(
      h('p', {}, this.#t('howLong')),
      ...LENGTHS.map(length),
      ...open,
      choice(this.#t('cancel'), () => this.#close(status)),
    );
    this.#ask.hidden = false;
    this.#ask.querySelector('button').focus();
  }

  #close(status) {
    this.#ask.hidden = true;
    this.#buttons.get(status).focus();
  }
}

function choice(words, onClick) {
  return h('button', { type: 'button', class: 'plain', on: { click: onClick } }, words);
}
