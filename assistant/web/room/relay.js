/** Handing over at the change of shift: the text to copy, and to whom. */
import { copyText } from '../chat/copy.js';
import { h } from '../chat/dom.js';
import { button, field } from '../console/ui.js';
import { t } from './texts.js';

export class Relay {
  #page;
  #text = h('textarea', { id: 'handover', readonly: true, rows: '10' });
  #to = h('input', { id: 'handover-to', maxlength: '60', autocomplete: 'off' });
  #copied = h('span', { class: 'said' });
  #giving = h('div', { class: 'with-button' });
  #fold;

  /** `page`: lang, link, tell(event, words), attempt(act), announce(words). */
  constructor(page) {
    this.#page = page;
    const { lang } = page;
    const copy = button(t(lang, 'copy'), () => this.#copy(copy), { kind: 'main' });
    const give = button(t(lang, 'handOver'), () => this.#give());
    this.#to.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) this.#give();
    });
    this.#giving.append(field(t(lang, 'to'), this.#to), give);
    this.#fold = h(
      'details',
      { class: 'panel relay' },
      h('summary', {}, h('h2', {}, t(lang, 'handover'))),
      h(
        'div',
        { class: 'inside' },
        h('p', { class: 'hint' }, t(lang, 'handoverHint')),
        field(t(lang, 'handoverText'), this.#text),
        h('div', { class: 'buttons' }, copy, this.#copied),
        this.#giving,
      ),
    );
    this.#fold.addEventListener('toggle', () => this.refresh());
    this.node = this.#fold;
  }

  /** Reads the text anew where it is looked at. */
  async refresh() {
    if (!this.#fold.open) return;
    const said = await this.#page.link.handover(this.#page.lang).catch(() => null); // a tap on copy says what is wrong
    if (said) this.#text.value = said.text;
  }

  show(closed) {
    this.#giving.hidden = closed;
    this.refresh();
  }

  #copy(beside) {
    return this.#page.attempt(async () => {
      this.#text.value = (await this.#page.link.handover(this.#page.lang)).text;
      const copied = await copyText(this.#text.value, beside);
      if (!copied) this.#text.select();
      const words = t(this.#page.lang, copied ? 'copied' : 'copyFailed');
      this.#copied.textContent = words;
      this.#page.announce(words);
    });
  }

  async #give() {
    const to = this.#to.value.trim();
    if (!to) {
      this.#to.focus();
      return;
    }
    if (await this.#page.tell({ kind: 'handed_over', to })) this.#to.value = '';
  }
}
