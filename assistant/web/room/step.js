/** One step of the shared checklist. */
import { freshId, h } from '../chat/dom.js';
import { timeOf } from '../chat/names.js';
import { clock, inLang, t } from './texts.js';

export class Step {
  #page;
  #box;
  #wanted = null;
  #by = h('span', { class: 'by' });

  /** `page`: lang, tick(id, done). */
  constructor(page, line) {
    this.#page = page;
    const { lang } = page;
    const id = freshId('step');
    const shown = line.text[lang] ? lang : Object.keys(line.text)[0];
    this.#box = h('input', { type: 'checkbox', id, 'aria-describedby': `${id}-by`, on: { change: () => this.#changed(line.id) } });
    this.#by.id = `${id}-by`;
    const facts = [inLang(line.owner_name, lang), timeOf(lang, line.within_s)].filter(Boolean).join(' · ');
    const words = h('label', { for: id, lang: shown }, inLang(line.text, lang));
    this.node = h('li', { class: 'step' }, this.#box, h('div', {}, words, h('p', { class: 'detail' }, facts, this.#by)));
  }

  async #changed(id) {
    const wanted = this.#box.checked;
    this.#wanted = wanted; // what others do meanwhile does not take back what this finger did
    if (await this.#page.tick(id, wanted)) return;
    this.#wanted = null;
    this.#box.checked = !wanted;
  }

  show(line, closed) {
    const done = line.done_at !== null;
    if (done === this.#wanted) this.#wanted = null;
    this.#box.checked = this.#wanted ?? done;
    this.#box.disabled = closed;
    this.node.classList.toggle('is-done', done);
    const by = line.done_by || t(this.#page.lang, 'somebody');
    this.#by.textContent = done ? ` ✓ ${t(this.#page.lang, 'tickedBy', { by, time: clock(line.done_at) })}` : '';
  }
}
