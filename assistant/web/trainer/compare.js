/** Attempts side by side: of one drill, by whomever. */
import { h } from '../chat/dom.js';
import { field, link } from '../console/ui.js';
import { FACTOR_NAMES, difficultyName, factorName, inLang, momentName, outcomeName } from '../training/names.js';
import { options, personLink, stepOf, wide } from './parts.js';

export class CompareView {
  #app;
  #scenario;

  constructor(app, { query }) {
    this.#app = app;
    this.#scenario = query.get('scenario') ?? '';
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const { attempts } = await this.#app.api.get('/api/training/attempts');
    const played = new Map(attempts.map((one) => [one.scenario, inLang(one.title, this.#app.lang).words || one.scenario]));
    const chosen = played.has(this.#scenario) ? this.#scenario : '';
    const select = h('select', {}, ...options(t('allDrills'), [...played], chosen));
    const place = h('div', {});
    const draw = () => {
      const own = attempts.filter((one) => !select.value || one.scenario === select.value);
      place.replaceChildren(own.length ? attemptTable(this.#app, own, { person: true }) : h('p', { class: 'empty' }, t('noDrills')));
    };
    select.addEventListener('change', draw);
    draw();
    return h(
      'div',
      { class: 'view' },
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, t('compare')), h('p', { class: 'lead' }, t('compareLead')))),
      h('div', { class: 'cohort-controls' }, field(t('drill'), select)),
      place,
    );
  }
}

export function attemptTable(app, attempts, { person }) {
  const t = (...given) => app.t(...given);
  const keys = ['overall', ...FACTOR_NAMES];
  const heads = [t('when'), person && t('person'), t('drill'), t('level'), t('outcome'), ...keys.map((key) => factorName(app.lang, key)), t('turnsHints')];
  const rows = attempts.map((one) => attemptRow(app, one, keys, person));
  const head = h('tr', {}, ...heads.filter(Boolean).map((words) => h('th', { scope: 'col' }, words)));
  return wide(t('drills'), h('table', { class: 'heat-table attempts' }, h('thead', {}, head), h('tbody', {}, ...rows)));
}

function attemptRow(app, one, keys, person) {
  const t = (...given) => app.t(...given);
  const title = inLang(one.title, app.lang);
  const spread = one.spread.overall;
  const cells = keys.map((key) => {
    const score = one.scores[key];
    if (score === undefined) return h('td', { class: 'cell none' }, '–');
    const wide = key === 'overall' && spread !== undefined ? h('span', { class: 'trend' }, `±${Math.round(spread)}`) : null;
    return h('td', { class: `cell level-${stepOf(score)}` }, h('strong', {}, String(score)), wide);
  });
  return h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'when' }, link(momentName(app.lang, one.ended_at ?? one.started_at), `/drills/#/debrief/${encodeURIComponent(one.id)}`)),
    person ? h('td', {}, personLink(one.trainee)) : null,
    h('td', { class: 'title-cell', lang: title.lang }, title.words || one.scenario),
    h('td', {}, difficultyName(app.lang, one.difficulty)),
    h('td', { class: 'outcome-cell' }, outcomeName(app.lang, one.outcome)),
    ...cells,
    h('td', { class: 'when' }, t('turnsSaid', { n: one.turns, hints: one.hints }), one.parent ? ` ${t('isRetry')}` : null),
  );
}
