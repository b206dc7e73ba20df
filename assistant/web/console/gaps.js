/** Gaps: what staff asked and nothing covered, each with what can be done about it. */
import { h } from '../chat/dom.js';
import { inLang, momentOf } from './texts.js';
import { button, facts, link, notice } from './ui.js';

const PAGE = 100;
const SHORT = 60;
const FAR = 0.02; // a card that fits less is no card to add the question to

export class GapsView {
  #app;
  #last = Promise.resolve();
  #handled = false;
  #limit = PAGE;
  #list = h('ol', { class: 'gaps', role: 'list' });
  #more = h('div', { class: 'buttons' });
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    await this.#fill();
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('gaps')), h('p', { class: 'lead' }, t('gapsLead')))),
      this.#switch(),
      this.#wrong,
      this.#list,
      this.#more,
    );
  }

  #switch() {
    const choices = [[false, 'showOpen'], [true, 'showHandled']].map(([handled, key]) => {
      const pressed = String(handled === this.#handled);
      return button(this.#app.t(key), (event) => this.#turn(handled, event.currentTarget), { kind: 'choice', 'aria-pressed': pressed });
    });
    return h('div', { class: 'choices', role: 'group', 'aria-label': this.#app.t('gaps') }, ...choices);
  }

  async #turn(handled, pressed) {
    this.#handled = handled;
    this.#limit = PAGE;
    for (const choice of pressed.parentNode.children) choice.setAttribute('aria-pressed', String(choice === pressed));
    await this.#try(() => this.#fill());
  }

  async #fill() {
    const { gaps, more } = await this.#app.api.get(`/api/gaps?handled=${this.#handled}&limit=${this.#limit}`);
    this.#list.replaceChildren(...gaps.map((gap) => this.#row(gap)));
    if (gaps.length === 0) {
      this.#list.append(h('li', { class: 'empty' }, this.#app.t(this.#handled ? 'noHandled' : 'noGaps')));
    }
    const older = button(this.#app.t('older'), () => this.#try(() => this.#older()));
    this.#more.replaceChildren(...(more && this.#limit < 5 * PAGE ? [older] : []));
  }

  async #older() {
    this.#limit += PAGE;
    await this.#fill();
  }

  #row(gap) {
    const t = (...given) => this.#app.t(...given);
    const short = gap.text.length > SHORT ? `${gap.text.slice(0, SHORT)}…` : gap.text;
    return h(
      'li',
      { class: 'gap' },
      h(
        'div',
        { class: 'gap-said' },
        h('p', { class: 'gap-text', lang: gap.lang }, gap.text),
        facts(
          momentOf(this.#app.lang, gap.noted_at),
          h('code', {}, gap.site),
          gap.times > 1 && h('strong', {}, t('asksCount', { n: gap.times })),
        ),
        this.#nearest(gap),
      ),
      h('div', { class: 'buttons', role: 'group', 'aria-label': t('gapActions', { text: short }) }, ...this.#actions(gap)),
    );
  }

  #nearest({ nearest, nearest_title: title, confidence }) {
    if (!nearest) return null;
    const { words, lang } = inLang(title, this.#app.lang);
    const name = words ? h('span', { lang }, words) : h('code', {}, nearest);
    const fit = this.#app.t('fit', { n: Math.round(confidence * 100) });
    return h('p', { class: 'nearest' }, `${this.#app.t('nearest')}: `, name, h('span', { class: 'where fit' }, fit));
  }

  #actions(gap) {
    const t = (...given) => this.#app.t(...given);
    const query = new URLSearchParams({ signal: gap.text });
    // A card made from a document has no text of its own that a signal could be added to.
    const editable = gap.confidence >= FAR && Object.keys(gap.nearest_title).length > 0 && !gap.nearest.includes('#');
    const done = button(t(gap.handled ? 'reopen' : 'handled'), (event) => this.#mark(gap, event.currentTarget));
    return [
      editable ? link(t('addSignal'), `#/playbook/${encodeURIComponent(gap.nearest)}?${query}`, { kind: 'plain' }) : null,
      link(t('writeFor'), `#/new?${query}`, { kind: 'plain' }),
      done,
    ];
  }

  #mark(gap, pressed) {
    return this.#try(async () => {
      const row = pressed.closest('.gap');
      const next = row.nextElementSibling ?? row.previousElementSibling;
      await this.#app.api.post(`/api/gaps/${gap.id}`, { handled: !gap.handled });
      row.remove();
      if (this.#list.childElementCount === 0) await this.#fill();
      this.#app.announce(this.#app.t(gap.handled ? 'reopenedSaid' : 'handledSaid'));
      (next?.querySelector('button') ?? document.querySelector('.choices button')).focus();
      this.#app.countGaps();
    });
  }

  /** One after the other: a list that is asked for before a mark has arrived would lack what was marked. */
  #try(act) {
    this.#last = this.#last.then(async () => {
      this.#wrong.replaceChildren();
      try {
        await act();
      } catch (error) {
        this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
      }
    });
    return this.#last;
  }
}
