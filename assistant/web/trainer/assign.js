/** Who is to play what by when; and the groups. */
import { freshId, h } from '../chat/dom.js';
import { button, confirm, facts, field, notice, tag } from '../console/ui.js';
import { dayName, difficultyName, inLang, sectorName, today } from '../training/names.js';
import { GroupsPanel } from './groups.js';
import { options, personLink } from './parts.js';

export class AssignView {
  #app;
  #query;
  #known = { groups: [], people: [] };
  #list = h('ul', { class: 'assignments', role: 'list' });
  #form = h('div', {});
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app, { query }) {
    this.#app = app;
    this.#query = query;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const { api } = this.#app;
    const [{ scenarios }] = await Promise.all([api.get('/api/drills/scenarios'), this.#load()]);
    const groups = new GroupsPanel(this.#app, () => this.#known, async () => {
      await this.#load();
      this.#drawForm(scenarios);
    });
    this.#drawForm(scenarios);
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('assign')), h('p', { class: 'lead' }, t('assignLead')))),
      h('div', { class: 'assign-columns' }, h('section', { class: 'panel', 'aria-labelledby': 'new' }, h('h2', { id: 'new' }, t('newAssignment')), this.#form, this.#wrong), groups.node),
      h('section', { 'aria-labelledby': 'given' }, h('h2', { id: 'given' }, t('given')), this.#list),
    );
  }

  async #load() {
    const { api } = this.#app;
    const [known, { assignments }] = await Promise.all([api.get('/api/training/groups'), api.get('/api/training/assignments')]);
    this.#known = known;
    const rows = assignments.map((one) => this.#row(one));
    this.#list.replaceChildren(...(rows.length ? rows : [h('li', { class: 'empty' }, this.#app.t('noAssignments'))]));
  }

  #drawForm(scenarios) {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    const { groups, people } = this.#known;
    const names = h('datalist', { id: freshId('names') }, ...people.map((name) => h('option', { value: name })));
    const who = h('input', { type: 'text', maxlength: 80, list: names.id, autocomplete: 'off', value: this.#query.get('who') ?? '' });
    const group = h('select', {}, ...options(t('noGroup'), groups.map(({ name }) => [name, name])));
    const bySector = grouped(scenarios);
    const scenario = h(
      'select',
      { required: true },
      h('option', { value: '' }, t('chooseDrill')),
      ...[...bySector].map(([sector, own]) =>
        h('optgroup', { label: sectorName(lang, sector) }, ...own.map((one) => h('option', { value: one.id, selected: one.id === this.#query.get('scenario') }, inLang(one.title, lang).words))),
      ),
    );
    const level = h('select', {}, ...options(t('ownLevel'), [1, 2, 3].map((n) => [n, difficultyName(lang, n)]), this.#query.get('difficulty') ?? ''));
    const due = h('input', { type: 'date', min: today() });
    const note = h('input', { type: 'text', maxlength: 500 });
    const form = h(
      'form',
      {},
      h('div', { class: 'pair' }, field(t('whoPerson'), who, { hint: t('whoHint') }), field(t('orGroup'), group)),
      names,
      field(t('drill'), scenario),
      h('div', { class: 'pair' }, field(t('level'), level), field(t('dueDay'), due)),
      field(t('note'), note),
      h('div', { class: 'buttons' }, h('button', { class: 'main' }, t('assignDo'))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#assign({ who: who.value.trim(), group: group.value, scenario: scenario.value, difficulty: level.value, due: due.value, note: note.value }, form);
    });
    this.#form.replaceChildren(form);
  }

  async #assign({ who, group, scenario, difficulty, due, note }, form) {
    const t = (...given) => this.#app.t(...given);
    this.#wrong.replaceChildren();
    if (Boolean(who) === Boolean(group)) {
      this.#wrong.replaceChildren(notice(t('failed'), t('oneOfBoth')));
      return;
    }
    try {
      const body = { audience: group ? 'group' : 'person', who: group || who, scenario, difficulty: Number(difficulty) || null, due: due || null, note };
      await this.#app.api.post('/api/training/assignments', body);
      await this.#load();
      form.reset();
      this.#app.announce(t('assignedSaid', { who: group || who }));
    } catch (error) {
      this.#wrong.replaceChildren(notice(t('failed'), this.#app.why(error)));
    }
  }

  #row(one) {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#app;
    const title = inLang(one.title, lang);
    const done = one.people.filter((task) => task.done).length;
    const late = one.due && one.due < today() && done < one.people.length;
    const people = one.people.map((task) =>
      h('li', {}, personLink(task.trainee), task.done ? tag(Number.isFinite(task.overall) ? t('doneWith', { n: task.overall }) : t('done'), 'own') : tag(t('openTask'), 'wait')),
    );
    return h(
      'li',
      { class: 'panel assignment' },
      h(
        'div',
        { class: 'gap-said' },
        h('p', { class: 'gap-text' }, `${one.who}: `, h('span', { lang: title.lang }, title.words || one.scenario)),
        facts(one.difficulty ? difficultyName(lang, one.difficulty) : null, one.due ? t('due', { day: dayName(lang, one.due) }) : t('noDay'), late ? tag(t('late'), 'danger') : null, t('doneOf', { n: done, all: one.people.length })),
        one.note ? h('p', { class: 'hint' }, one.note) : null,
        h('ul', { class: 'people', role: 'list' }, ...people),
      ),
      button(t('withdraw'), () => this.#withdraw(one), { kind: 'plain', label: t('withdrawFull', { who: one.who, title: title.words }) }),
    );
  }

  async #withdraw(one) {
    const t = (...given) => this.#app.t(...given);
    if (!(await confirm(this.#app, { title: t('withdrawAsk'), detail: t('withdrawWhy'), yes: t('withdraw'), danger: true }))) return;
    try {
      await this.#app.api.remove(`/api/training/assignments/${one.id}`);
      await this.#load();
      this.#app.announce(t('withdrawn'));
    } catch (error) {
      this.#wrong.replaceChildren(notice(t('failed'), this.#app.why(error)));
    }
  }
}

function grouped(scenarios) {
  const found = new Map();
  for (const one of scenarios) found.set(one.sector, [...(found.get(one.sector) ?? []), one]);
  return found;
}
