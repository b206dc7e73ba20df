/** One thing that was said and what came back: a card, and where needed a word about why not. */
import { Card } from './card.js';
import { h, icon } from './dom.js';
import { langOf, nearest, t } from './texts.js';

export class Turn {
  #lang;
  #hooks;
  #card = null;
  #answer = h('div', { class: 'answer' });
  #question;
  complete = false;

  /** `hooks`: those of the card. */
  constructor(text, lang, hooks) {
    this.text = text;
    this.#lang = lang;
    this.#hooks = hooks;
    this.#question = h('p', { class: 'question', lang: langOf(text) }, text);
    const asked = h('div', { class: 'asked' }, h('span', { class: 'unseen' }, t(lang, 'you')), this.#question);
    this.node = h('section', { class: 'turn' }, asked, this.#answer);
  }

  /** True once there is something on the card that a person can use. */
  get useful() {
    return (this.#card?.size ?? 0) > 0;
  }

  /** How far down its own start lies the place to read from: long questions scroll out at the top. */
  get skip() {
    const KEPT = 112;
    return Math.max(0, this.#question.offsetHeight - KEPT);
  }

  wait() {
    this.#answer.replaceChildren(h('p', { class: 'wait', lang: this.#lang }, t(this.#lang, 'sending')));
  }

  take(happened) {
    const { event, data } = happened;
    if (!this.#card) this.#start(data?.lang);
    this.#card.take(happened);
    if (event === 'done') {
      this.complete = true;
      const lang = this.#card.node.lang;
      this.#hooks.announce(t(lang, 'ready', { n: this.#card.size }), lang);
    }
  }

  restore(advice, done) {
    this.#start(advice.lang, { live: false });
    this.#card.restore(advice, done);
    this.complete = true;
  }

  stopped() {
    this.#answer.append(h('p', { class: 'stopped', lang: this.#lang }, t(this.#lang, 'stopped')));
  }

  fail(problem, onAgain) {
    const lang = this.#lang;
    this.#answer.querySelector('.wait')?.remove();
    const said = problem.detail || t(lang, problem.kind === 'failed' ? 'failedDetail' : problem.kind);
    const again = h('button', { type: 'button', class: 'again', on: { click: onAgain } }, t(lang, 'again'));
    const words = h('div', {}, h('strong', {}, t(lang, 'failed')), h('p', { lang: langOf(said) }, said), again);
    this.#answer.append(h('div', { class: 'notice failed', role: 'alert', lang }, icon('note'), words));
  }

  #start(lang, options) {
    this.#card = new Card(lang ? nearest(lang) : this.#lang, this.#hooks, options);
    this.#answer.replaceChildren(this.#card.node);
  }
}
