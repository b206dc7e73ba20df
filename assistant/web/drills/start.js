/** Where a trainee begins: what was assigned, what is suggested, and all drills. */
import { h } from '../chat/dom.js';
import { Listing, holdsAll } from '../console/listing.js';
import { field, link, notice, tag } from '../console/ui.js';
import { dayName, difficultyName, inLang, momentName, moveName, sectorName, today } from '../training/names.js';
import { memory } from './memory.js';

const SHOWN = 6;

export class StartView {
  #app;
  #scenarios = [];
  #own = h('div', { class: 'own' });
  #sector;
  #level;

  constructor(app) {
    this.#app = app;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const lang = this.#app.lang;
    const { scenarios } = await this.#app.api.get('/api/drills/scenarios');
    this.#scenarios = [...scenarios].sort((a, b) => a.difficulty - b.difficulty || a.id.localeCompare(b.id));
    const sectors = [...new Set(scenarios.map((one) => one.sector))];
    this.#sector = choice(t('allSectors'), sectors.map((name) => [name, sectorName(lang, name)]), () => listing.update());
    this.#level = choice(t('allLevels'), [1, 2, 3].map((level) => [level, difficultyName(lang, level)]), () => listing.update());
    const listing = new Listing(plain(this.#app), {
      label: t('search'),
      items: () => this.#scenarios,
      matches: (one, words) => this.#matches(one, words),
      row: (one) => this.#row(one),
      controls: [field(t('sector'), this.#sector), field(t('level'), this.#level)],
    });
    await this.#fill();
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('drills')), h('p', { class: 'lead' }, t('lead')))),
      this.#person(),
      this.#own,
      h('section', { class: 'all', 'aria-labelledby': 'all' }, h('h2', { id: 'all' }, t('all')), listing.node),
    );
  }

  #person() {
    const t = (...given) => this.#app.t(...given);
    const input = h('input', { type: 'text', id: 'name', maxlength: 80, autocomplete: 'nickname', value: memory.name });
    const form = h('form', { class: 'panel person' }, field(t('name'), input), h('button', { class: 'plain' }, t('useName')), h('p', { class: 'hint', id: 'name-why' }, t('nameWhy')));
    input.setAttribute('aria-describedby', 'name-why');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      memory.name = input.value.trim();
      await this.#fill();
      this.#app.announce(memory.name ? t('nameUsed', { name: memory.name }) : t('nameGone'));
    });
    return form;
  }

  async #fill() {
    const parts = [];
    try {
      const query = new URLSearchParams({ name: memory.name, lang: this.#app.lang });
      const { tasks, next } = await this.#app.api.get(`/api/trainee?${query}`);
      parts.push(this.#tasks(memory.name ? tasks : []), next && this.#next(next));
    } catch (error) {
      parts.push(notice(this.#app.t('failed'), this.#app.why(error)));
    }
    this.#own.replaceChildren(...[...parts, this.#earlier()].filter(Boolean));
  }

  #tasks(tasks) {
    if (tasks.length === 0) return null;
    const t = (...given) => this.#app.t(...given);
    const now = today();
    const open = tasks.filter((task) => !task.done);
    const done = tasks.filter((task) => task.done);
    const rows = [...open, ...done].map((task) => {
      const late = !task.done && task.due && task.due < now;
      const { words, lang } = inLang(task.title, this.#app.lang);
      const query = task.difficulty ? `?difficulty=${task.difficulty}` : '';
      return h(
        'li',
        { class: 'row' },
        h(
          'div',
          { class: 'row-head' },
          h('a', { class: 'row-link', lang, href: `#/scenario/${encodeURIComponent(task.scenario)}${query}` }, words),
          task.done ? tag(t('done'), 'own') : null,
          late ? tag(t('late'), 'danger') : null,
        ),
        h('p', { class: 'facts' }, ...[task.due && t('due', { day: dayName(this.#app.lang, task.due) }), task.note].filter(Boolean).map((words) => h('span', {}, words))),
      );
    });
    return section('assigned', t('assigned'), h('ul', { class: 'rows', role: 'list' }, ...rows));
  }

  #next(next) {
    const t = (...given) => this.#app.t(...given);
    const { words, lang } = inLang(next.title, this.#app.lang);
    const why = { first: 'nextFirst', due: 'nextDue', ahead: 'nextAhead' }[next.reason];
    const values = { move: next.move && moveName(this.#app.lang, next.move), day: next.due && dayName(this.#app.lang, next.due) };
    const href = `#/scenario/${encodeURIComponent(next.scenario)}?difficulty=${next.difficulty}`;
    return section(
      'next',
      t('next'),
      h('div', { class: 'panel next' }, h('div', {}, h('p', { class: 'next-title', lang }, words), h('p', { class: 'hint' }, t(why, values))), link(t('open'), href, { kind: 'main', 'aria-label': `${t('open')}: ${words}` })),
    );
  }

  #earlier() {
    const drills = memory.drills.slice(0, SHOWN);
    if (drills.length === 0) return null;
    const t = (...given) => this.#app.t(...given);
    const rows = drills.map((one) =>
      h(
        'li',
        { class: 'row' },
        h(
          'div',
          { class: 'row-head' },
          h('a', { class: 'row-link', lang: one.lang, href: `#/${one.ended ? 'debrief' : 'play'}/${encodeURIComponent(one.id)}` }, one.title ?? one.id),
          one.ended ? null : tag(t('goOn'), 'wait'),
        ),
        h('p', { class: 'facts' }, h('span', {}, momentName(this.#app.lang, one.at)), Number.isFinite(one.overall) ? h('span', {}, t('scored', { n: one.overall })) : null),
      ),
    );
    return section('earlier', t('earlier'), h('ul', { class: 'rows', role: 'list' }, ...rows));
  }

  #matches(one, words) {
    if (this.#sector.value && one.sector !== this.#sector.value) return false;
    if (this.#level.value && String(one.difficulty) !== this.#level.value) return false;
    return holdsAll(words, one.id, ...Object.values(one.title), ...Object.values(one.briefing), ...Object.values(one.guest));
  }

  #row(one) {
    const lang = this.#app.lang;
    const title = inLang(one.title, lang);
    return h(
      'li',
      { class: 'row' },
      h(
        'div',
        { class: 'row-head' },
        h('a', { class: 'row-link', lang: title.lang, href: `#/scenario/${encodeURIComponent(one.id)}` }, title.words),
        one.hazard === 'none' ? null : tag(this.#app.t('danger'), 'danger'),
      ),
      h(
        'p',
        { class: 'facts' },
        h('span', {}, sectorName(lang, one.sector)),
        h('span', {}, `${difficultyName(lang, one.difficulty)} ${'●'.repeat(one.difficulty)}${'○'.repeat(3 - one.difficulty)}`),
        h('span', { lang: inLang(one.guest, lang).lang }, inLang(one.guest, lang).words),
      ),
    );
  }
}

function section(id, title, ...content) {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...content);
}

function choice(all, options, onChange) {
  const items = [['', all], ...options].map(([value, words]) => h('option', { value }, words));
  return h('select', { on: { change: onChange } }, ...items);
}

/** The listing also looks into the corpus's texts; here only the names count. */
function plain(app) {
  return { t: (...given) => app.t(...given), api: { get: async () => [] } };
}
