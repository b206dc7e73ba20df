/** What is shown before anything has been said: one sentence, and common moments to tap. */
import { freshId, h } from './dom.js';
import { t } from './texts.js';

export class EmptyView {
  #hooks;
  #lang = null;
  #cache = new Map(); // lang → Promise of situations
  #awake = false;
  #goBack = null;
  #invitation = h('p', { class: 'invitation' });
  #quick = h('h3', { id: freshId('quick') });
  #list = h('ul', { role: 'list' });
  #section;
  #back = h('button', { type: 'button', class: 'back', hidden: true });

  /** `hooks`: load(lang) → situations, onPick(text). */
  constructor(hooks) {
    this.#hooks = hooks;
    this.#section = h('section', { class: 'quick', hidden: true }, this.#quick, this.#list);
    this.#section.setAttribute('aria-labelledby', this.#quick.id);
    this.#back.addEventListener('click', () => this.#goBack?.());
    this.node = h('div', { class: 'empty' }, this.#invitation, this.#section, this.#back);
  }

  speak(lang) {
    if (lang === this.#lang) return;
    this.#lang = lang;
    this.#invitation.textContent = t(lang, 'invitation');
    this.#quick.textContent = t(lang, 'quick');
    this.#back.textContent = t(lang, 'back');
    if (this.#awake) this.#show();
  }

  /** Nothing is fetched before somebody opens the panel. */
  wake() {
    if (this.#awake) return;
    this.#awake = true;
    this.#show();
  }

  offerBack(action) {
    this.#goBack = action;
    this.#back.hidden = action === null;
  }

  async #show() {
    const lang = this.#lang;
    const situations = await this.#situations(lang);
    if (lang !== this.#lang) return;
    this.#list.replaceChildren(...situations.map((situation) => this.#row(situation)));
    this.#section.hidden = situations.length === 0;
  }

  #situations(lang) {
    if (!this.#cache.has(lang)) {
      const loading = this.#hooks.load(lang).catch(() => {
        this.#cache.delete(lang); // typing works without them; tried again next time
        this.#awake = false;
        return [];
      });
      this.#cache.set(lang, loading);
    }
    return this.#cache.get(lang);
  }

  #row({ id, title, text }) {
    const button = h('button', { type: 'button', 'data-situation': id, title: text }, title);
    button.addEventListener('click', () => this.#hooks.onPick(text));
    return h('li', {}, button);
  }
}
