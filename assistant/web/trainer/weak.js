/** What many miss: to be trained where a playbook serves it, to be written where none does. */
import { h } from '../chat/dom.js';
import { button, facts, link, notice, tag } from '../console/ui.js';
import { factorName, inLang } from '../training/names.js';

export class WeakView {
  #app;
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const { spots } = await this.#app.api.get('/api/training/weak-spots');
    const rows = spots.map((spot) => this.#row(spot));
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('weak')), h('p', { class: 'lead' }, t('weakLead')))),
      this.#wrong,
      rows.length ? h('ol', { class: 'gaps', role: 'list' }, ...rows) : h('p', { class: 'empty' }, t('noWeak')),
    );
  }

  #row(spot) {
    const t = (...given) => this.#app.t(...given);
    const text = inLang(spot.text, this.#app.lang);
    const title = inLang(spot.title, this.#app.lang);
    const served = spot.served_by.map((id) => link(id, `/console/#/playbook/${encodeURIComponent(id)}`));
    return h(
      'li',
      { class: 'gap weak' },
      h(
        'div',
        { class: 'gap-said' },
        h('p', { class: 'gap-text', lang: text.lang }, text.words),
        facts(spot.gap ? tag(t('gap'), 'danger') : null, factorName(this.#app.lang, spot.factor), h('span', { lang: title.lang }, title.words), t('missedBy', { missed: spot.missed, tries: spot.tries, people: spot.people })),
        spot.quotes.length ? h('p', { class: 'hint' }, `${t('theySaid')} `, ...spot.quotes.map((quote) => h('q', {}, quote))) : null,
        served.length ? h('p', { class: 'hint served' }, `${t('servedBy')} `, ...served) : null,
      ),
      h('div', { class: 'buttons' }, ...(spot.gap ? this.#mend(spot, title, text) : [link(t('assignIt'), `#/assign?${new URLSearchParams({ scenario: spot.scenario })}`, { kind: 'plain' })])),
    );
  }

  #mend(spot, title, text) {
    const t = (...given) => this.#app.t(...given);
    const words = `${title.words}${text.lang === 'zh' ? '：' : ': '}${text.words}`;
    const note = button(t('toGaps'), async () => {
      this.#wrong.replaceChildren();
      try {
        await this.#app.api.post('/api/training/weak-spots', { scenario: spot.scenario, text: words, lang: text.lang });
        note.replaceWith(h('span', { class: 'noted' }, t('noted')));
        this.#app.announce(t('noted'));
      } catch (error) {
        this.#wrong.replaceChildren(notice(t('failed'), this.#app.why(error)));
      }
    });
    return [link(t('write'), `/console/#/new?${new URLSearchParams({ signal: words })}`, { kind: 'plain' }), note];
  }
}
