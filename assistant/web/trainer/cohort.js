/** A group at a glance: one row a person, one column a skill. */
import { h } from '../chat/dom.js';
import { button, field, notice } from '../console/ui.js';
import { FACTOR_NAMES, HARMING_MOVES, HELPING_MOVES, factorName, momentName, moveName } from '../training/names.js';
import { download, options, personLink, skillCell, wide } from './parts.js';

export class CohortView {
  #app;
  #group;
  #moves = false;
  #people = [];
  #table = h('div', { class: 'heat' });
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app, { query }) {
    this.#app = app;
    this.#group = query.get('group') ?? '';
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const { groups } = await this.#app.api.get('/api/training/groups');
    if (!groups.some(({ name }) => name === this.#group)) this.#group = '';
    const select = h('select', {}, ...options(t('everybody'), groups.map(({ name }) => [name, name]), this.#group));
    select.addEventListener('change', () => {
      this.#group = select.value;
      this.#try(() => this.#fill());
    });
    const columns = [[false, 'byFactor'], [true, 'byMove']].map(([moves, key]) =>
      button(t(key), (event) => this.#turn(moves, event.currentTarget), { kind: 'choice', 'aria-pressed': String(moves === this.#moves) }),
    );
    await this.#fill();
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('cohort')), h('p', { class: 'lead' }, t('cohortLead'))), this.#exports()),
      h('div', { class: 'cohort-controls' }, field(t('group'), select), h('div', { class: 'choices', role: 'group', 'aria-label': t('columns') }, ...columns)),
      this.#wrong,
      this.#table,
      h('p', { class: 'hint' }, t('heatWhy')),
    );
  }

  #exports() {
    const t = (...given) => this.#app.t(...given);
    const save = (path, name) => this.#try(() => download(this.#app, `/api/training/${path}?${new URLSearchParams({ group: this.#group, lang: this.#app.lang })}`, name));
    return h('div', { class: 'buttons' }, button(t('csv'), () => save('export.csv', 'drills.csv')), button(t('xapi'), () => save('xapi.json', 'drills-xapi.json')));
  }

  async #turn(moves, pressed) {
    this.#moves = moves;
    for (const choice of pressed.parentNode.children) choice.setAttribute('aria-pressed', String(choice === pressed));
    this.#draw();
  }

  async #fill() {
    const query = new URLSearchParams({ group: this.#group });
    this.#people = (await this.#app.api.get(`/api/training/cohort?${query}`)).people;
    this.#draw();
  }

  #draw() {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    if (this.#people.length === 0) {
      this.#table.replaceChildren(h('p', { class: 'empty' }, t('nobody')));
      return;
    }
    const keys = this.#moves ? [...HELPING_MOVES, ...HARMING_MOVES] : ['overall', ...FACTOR_NAMES];
    const name = (key) => (this.#moves ? (HARMING_MOVES.includes(key) ? t('without', { move: moveName(lang, key) }) : moveName(lang, key)) : factorName(lang, key));
    const heads = [t('person'), ...keys.map(name), t('drills'), t('lastAt')].map((words) => h('th', { scope: 'col' }, words));
    const rows = this.#people.map((person) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, personLink(person.name)),
        ...keys.map((key) => skillCell(this.#app, person.skills[key])),
        h('td', { class: 'number' }, String(person.attempts)),
        h('td', { class: 'when' }, person.last_at ? momentName(lang, person.last_at) : t('never')),
      ),
    );
    const caption = h('caption', { class: 'unseen' }, t('cohort'));
    this.#table.replaceChildren(wide(t('cohort'), h('table', { class: 'heat-table' }, caption, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows))));
  }

  async #try(act) {
    this.#wrong.replaceChildren();
    try {
      await act();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
  }
}
