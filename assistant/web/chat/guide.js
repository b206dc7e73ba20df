/** How much guidance: what holds, what the history suggests, and one control to change it. */
import { freshId, h } from './dom.js';
import { t } from './texts.js';

const CHOICES = ['', 'enable', 'balanced', 'empower'];

export class Guide {
  #api;
  #memory;
  #who;
  #lang = 'en';
  #known = null; // what the server says of this member of staff
  #label = h('label', {});
  #select = h('select', {});
  #hint = h('button', { type: 'button', class: 'hint', hidden: true });

  /** `who`: site and staff, either may be empty. */
  constructor(api, memory, who) {
    this.#api = api;
    this.#memory = memory;
    this.#who = who;
    const id = freshId('guide');
    this.#select.id = id;
    this.#label.setAttribute('for', id);
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    this.#hint.addEventListener('click', () => this.#choose(this.#known.suggested));
    this.node = h('div', { class: 'guide' }, this.#label, this.#select, this.#hint);
  }

  speak(lang) {
    this.#lang = lang;
    this.#draw();
  }

  /** Asks the server once what it knows; without a staff id or a site there is nothing to ask. */
  async wake() {
    const { site, staff } = this.#who;
    if (!staff || !site || this.#known) return;
    this.#known = await this.#api.guidance(site, staff).catch(() => null);
    this.#draw();
  }

  async #choose(value) {
    this.#memory.guidance = value || null;
    this.#draw();
    this.#select.focus();
    const { site, staff } = this.#who;
    if (!staff || !site) return;
    this.#known = await this.#api.guidance(site, staff, value || null).catch(() => this.#known);
    this.#draw();
  }

  #draw() {
    const now = this.#memory.guidance ?? (this.#known?.chosen_by === 'staff' ? this.#known.guidance : '');
    this.#label.textContent = t(this.#lang, 'guidance');
    this.#select.replaceChildren(
      ...CHOICES.map((value) => h('option', { value, selected: value === now }, t(this.#lang, `guidance_${value || 'site'}`))),
    );
    this.#select.value = now;
    const suggested = this.#known?.suggested;
    const holds = now || this.#known?.site;
    this.#hint.hidden = !suggested || suggested === holds;
    if (this.#hint.hidden) return;
    this.#hint.textContent = t(this.#lang, 'guidanceHint', { name: t(this.#lang, `guidance_${suggested}`) });
    this.#hint.title = this.#known.reason?.[this.#lang] ?? '';
  }
}
