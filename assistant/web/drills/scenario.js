/** The briefing, and the choices before a drill begins. */
import { freshId, h } from '../chat/dom.js';
import { facts, link, note, notice, tag } from '../console/ui.js';
import { difficultyName, inLang, sectorName } from '../training/names.js';
import { memory } from './memory.js';
import { canHear, canSpeak } from './voice.js';

const LANGS = { zh: '中文', en: 'English' };

export class ScenarioView {
  #app;
  #id;
  #query;
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app, { id, query }) {
    this.#app = app;
    this.#id = id;
    this.#query = query;
  }

  async node() {
    const t = (...given) => this.#app.t(...given);
    const { scenarios } = await this.#app.api.get('/api/drills/scenarios');
    const one = scenarios.find((known) => known.id === this.#id);
    if (!one) throw new Error(t('noScenario', { id: this.#id }));
    const lang = this.#app.lang;
    const title = inLang(one.title, lang);
    const briefing = inLang(one.briefing, lang);
    const guest = inLang(one.guest, lang);
    const wanted = Number(this.#query.get('difficulty')) || one.difficulty;
    const levels = radios(t('level'), 'difficulty', [1, 2, 3].map((level) => [level, difficultyName(lang, level)]), wanted);
    const spoken = one.langs.includes(lang) ? lang : one.langs[0];
    const langs = one.langs.length > 1 ? radios(t('spoken'), 'lang', one.langs.map((name) => [name, LANGS[name]]), spoken) : null;
    const form = h(
      'form',
      { class: 'panel choices-form' },
      levels,
      langs,
      this.#voice(),
      this.#wrong,
      h('div', { class: 'buttons' }, h('button', { class: 'main begin' }, t('begin'))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = new FormData(form);
      this.#begin(one, Number(chosen.get('difficulty')), chosen.get('lang') ?? spoken, form);
    });
    return h(
      'div',
      { class: 'view narrow' },
      link(t('drills'), '#/drills', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, h('h1', { lang: title.lang }, title.words))),
      facts(sectorName(lang, one.sector), one.hazard === 'none' ? null : tag(t('danger'), 'danger'), h('span', { lang: guest.lang }, t('withGuest', { name: guest.words }))),
      h('section', { class: 'panel', 'aria-labelledby': 'briefing' }, h('h2', { id: 'briefing' }, t('briefing')), h('p', { class: 'briefing', lang: briefing.lang }, briefing.words)),
      form,
      h('p', { class: 'hint' }, memory.name ? t('playsAs', { name: memory.name }) : t('playsUnnamed')),
    );
  }

  #voice() {
    const t = (...given) => this.#app.t(...given);
    const kinds = [canSpeak() && 'speak', canHear() && 'hear'].filter(Boolean);
    if (kinds.length === 0) return null;
    const voice = memory.voice;
    const boxes = kinds.map((kind) => {
      const box = h('input', { type: 'checkbox', id: freshId(kind), checked: voice[kind] });
      box.addEventListener('change', () => (memory.voice = { ...memory.voice, [kind]: box.checked }));
      return h('label', { class: 'check', for: box.id }, box, t(kind));
    });
    const why = canHear() ? note(t('hearWhy')) : null;
    return h('details', { class: 'fold voice', open: voice.hear || voice.speak }, h('summary', {}, t('voice')), ...boxes, why);
  }

  async #begin(one, difficulty, lang, form) {
    const pressed = form.querySelector('.begin');
    pressed.disabled = true;
    this.#wrong.replaceChildren(h('p', { class: 'wait', role: 'status' }, this.#app.t('beginning')));
    try {
      const body = { scenario: one.id, difficulty, lang, trainee: memory.name };
      const session = await this.#app.api.post('/api/drills', body);
      memory.note(session.id, { scenario: one.id, title: session.title, lang, turn: 0, ended: false });
      this.#app.go(`#/play/${encodeURIComponent(session.id)}`);
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
      pressed.disabled = false;
    }
  }
}

function radios(legend, name, options, chosen) {
  const items = options.map(([value, words]) => {
    const id = freshId(name);
    const input = h('input', { type: 'radio', name, id, value, checked: value === chosen });
    return h('label', { class: 'pick', for: id }, input, h('span', {}, words));
  });
  return h('fieldset', {}, h('legend', {}, legend), h('div', { class: 'picks' }, ...items));
}
