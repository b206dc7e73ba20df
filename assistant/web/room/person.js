/** One role that was called: how far it is, how to reach it, and marking it for somebody who has no hand free. */
import { h } from '../chat/dom.js';
import { button } from '../console/ui.js';
import { clock, inLang, t } from './texts.js';

export const STEPS = ['on_way', 'here', 'done', 'acknowledged', 'declined'];
const LABELS = { acknowledged: 'heard' };

/** The buttons by which a role says how far it is. */
export class StateButtons {
  #buttons = new Map();
  #lang;

  constructor(lang, label, onPress, { outside = false } = {}) {
    this.#lang = lang;
    this.node = h('div', { class: 'states', role: 'group', 'aria-label': label });
    for (const state of STEPS) {
      const words = outside && state === 'acknowledged' ? 'rung' : (LABELS[state] ?? state);
      const made = button(t(lang, words), () => onPress(state, made), { kind: `state ${state}`, 'aria-pressed': 'false' });
      this.#buttons.set(state, made);
      this.node.append(made);
    }
  }

  show(state, closed) {
    for (const [name, made] of this.#buttons) {
      made.setAttribute('aria-pressed', String(name === state));
      made.disabled = closed;
    }
  }
}

export class Person {
  #page;
  #line;
  #name = h('h3');
  #facts = h('p', { class: 'detail' });
  #pill = h('span', { class: 'pill' });
  #since = h('span', { class: 'end' });
  #waits = h('p', { class: 'waits' });
  #again;
  #marks;

  /** `page`: lang, numbers, mark(line, state), callAgain(line). */
  constructor(page, line) {
    this.#page = page;
    const { lang } = page;
    const name = inLang(line.name, lang);
    const label = t(lang, 'markFor', { name });
    this.#marks = new StateButtons(lang, label, (state) => page.mark(this.#line, state), { outside: line.outside });
    this.#again = button(t(lang, 'callAgain'), () => page.callAgain(this.#line), { label: `${t(lang, 'callAgain')}: ${name}` });
    this.#name.textContent = name;
    const marking = h('details', { class: 'marking' }, h('summary', {}, label), h('div', { class: 'inside' }, this.#marks.node, this.#again));
    const now = h('div', { class: 'now' }, this.#pill, this.#since);
    const head = h('div', { class: 'person-head' }, h('div', {}, this.#name, this.#facts), now);
    this.node = h('li', { class: 'person', 'data-role': line.id }, head, this.#waits, marking);
    this.show(line, false);
  }

  show(line, closed) {
    this.#line = line;
    const { lang, numbers } = this.#page;
    const { state, outside } = line;
    this.node.dataset.state = state;
    const special = outside && (state === 'called' || state === 'acknowledged');
    this.#pill.className = `pill ${state}`;
    this.#pill.textContent = t(lang, `${special ? 'outside' : 'state'}_${state}`);
    const by = line.by && state !== 'called' ? t(lang, 'sinceTimeBy', { time: clock(line.since), by: line.by }) : '';
    this.#since.textContent = by || t(lang, 'sinceTime', { time: clock(line.since) });
    const dial = outside && line.id === 'emergency_services' ? Object.values(numbers) : [];
    const links = [...new Set(dial)].map((number) => h('a', { href: `tel:${number}` }, number));
    const reach = inLang(line.channel, lang);
    this.#facts.replaceChildren(reach, ...(links.length ? [reach ? ' · ' : '', ...spaced(links)] : []));
    this.#again.hidden = outside || closed;
    this.#marks.show(state, closed);
    this.tick(closed);
  }

  /** Once a second: how long until somebody else is called. Not spoken: it would never end. */
  tick(closed) {
    const { answer_by: by, escalated, calls } = this.#line;
    const { lang } = this.#page;
    const parts = [];
    if (calls > 1) parts.push(t(lang, 'calledTimes', { n: calls }));
    if (escalated && this.#line.state === 'called') parts.push(t(lang, 'elseCalled'));
    if (by && !closed) {
      const left = Math.max(0, Math.ceil((Date.parse(by) - this.#page.now()) / 1000));
      parts.push(left > 99 ? t(lang, 'answerInMinutes', { n: Math.ceil(left / 60) }) : t(lang, 'answerIn', { n: left }));
    }
    const words = parts.join(' · ');
    if (this.#waits.textContent !== words) this.#waits.textContent = words;
    this.#waits.hidden = words === '';
    this.node.classList.toggle('is-late', escalated && this.#line.state === 'called');
  }
}

function spaced(nodes) {
  return nodes.flatMap((node, n) => (n ? [' ', node] : [node]));
}
