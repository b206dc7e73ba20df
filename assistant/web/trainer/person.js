/** One person: skills over time, what comes back when, drills played. */
import { h } from '../chat/dom.js';
import { facts, link, tag } from '../console/ui.js';
import { FACTOR_NAMES, HARMING_MOVES, HELPING_MOVES, dayName, difficultyName, factorName, inLang, moveName, today } from '../training/names.js';
import { attemptTable } from './compare.js';
import { skillRow, wide } from './parts.js';

export class PersonView {
  #app;
  #name;

  constructor(app, { id }) {
    this.#app = app;
    this.#name = id;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const query = new URLSearchParams({ name: this.#name, lang: this.#app.lang });
    const progress = await this.#app.api.get(`/api/training/person?${query}`);
    return h(
      'div',
      { class: 'view' },
      link(t('cohort'), '#/cohort', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, h('h1', {}, progress.name), h('p', { class: 'lead' }, t('played', { n: progress.attempts.length })))),
      this.#next(progress.next),
      this.#tasks(progress.tasks),
      this.#factors(progress.skills),
      this.#moves(progress),
      h('section', { class: 'panel', 'aria-labelledby': 'drills' }, h('h2', { id: 'drills' }, t('drills')), progress.attempts.length ? attemptTable(this.#app, progress.attempts, { person: false }) : h('p', { class: 'hint' }, t('noDrills'))),
    );
  }

  #next(next) {
    if (!next) return '';
    const t = (...given) => this.#app.t(...given);
    const { words, lang } = inLang(next.title, this.#app.lang);
    const why = t({ first: 'nextFirst', due: 'nextDue', ahead: 'nextAhead' }[next.reason], { move: next.move && moveName(this.#app.lang, next.move), day: next.due && dayName(this.#app.lang, next.due) });
    const query = new URLSearchParams({ who: this.#name, scenario: next.scenario, difficulty: next.difficulty });
    return h(
      'section',
      { class: 'panel suggested', 'aria-labelledby': 'next' },
      h('div', {}, h('h2', { id: 'next' }, t('next')), h('p', { class: 'next-title', lang }, words), facts(difficultyName(this.#app.lang, next.difficulty), why)),
      link(t('assignThis'), `#/assign?${query}`, { kind: 'main' }),
    );
  }

  #tasks(tasks) {
    if (tasks.length === 0) return '';
    const t = (...given) => this.#app.t(...given);
    const now = today();
    const rows = tasks.map((task) => {
      const { words, lang } = inLang(task.title, this.#app.lang);
      const late = !task.done && task.due && task.due < now;
      return h('li', { class: 'task' }, h('span', { lang }, words || task.scenario), task.done ? tag(t('done'), 'own') : tag(t(late ? 'late' : 'openTask'), late ? 'danger' : 'wait'), task.due ? h('span', { class: 'where' }, t('due', { day: dayName(this.#app.lang, task.due) })) : null);
    });
    return h('section', { class: 'panel', 'aria-labelledby': 'tasks' }, h('h2', { id: 'tasks' }, t('assigned')), h('ul', { class: 'tasks', role: 'list' }, ...rows));
  }

  #factors(skills) {
    const rows = ['overall', ...FACTOR_NAMES].map((name) => skillRow(this.#app, factorName(this.#app.lang, name), skills[name]));
    return this.#skills('byFactor', rows);
  }

  #moves({ skills, due }) {
    const t = (...given) => this.#app.t(...given);
    const back = new Map(due.map((one) => [one.move, one.due]));
    const order = [...HELPING_MOVES, ...HARMING_MOVES].filter((move) => skills[move].tries > 0);
    const rows = order.map((move) => {
      const name = moveName(this.#app.lang, move);
      const day = back.get(move);
      const when = day ? h('span', { class: 'where' }, t(day <= today() ? 'dueNow' : 'comesBack', { day: dayName(this.#app.lang, day) })) : null;
      return skillRow(this.#app, HARMING_MOVES.includes(move) ? t('without', { move: name }) : name, skills[move], when);
    });
    return rows.length ? this.#skills('byMove', rows) : '';
  }

  #skills(key, rows) {
    const t = (...given) => this.#app.t(...given);
    const heads = [t('skill'), t('levelOf100'), t('tries'), t('tells')].map((words) => h('th', { scope: 'col' }, words));
    const table = h('table', { class: 'skills' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows));
    return h('section', { class: 'panel', 'aria-labelledby': key }, h('h2', { id: key }, t(key)), wide(t(key), table), h('p', { class: 'hint' }, t('recentMore')));
  }
}
