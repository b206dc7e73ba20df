/** The debrief: first the trainee's own thought, then scores, turning points, what was found, and one thing to try. */
import { h, icon } from '../chat/dom.js';
import { button, facts, link, notice, tag } from '../console/ui.js';
import { bar, timeline } from '../training/chart.js';
import { FACTOR_NAMES, difficultyName, factorName, isHarming, moveName, outcomeName } from '../training/names.js';
import { guestSaid, heardIn, staffSaid } from '../training/talk.js';
import { memory } from './memory.js';

export class DebriefView {
  #app;
  #id;
  #session;
  #made;
  #place = h('div', { class: 'view' });
  #wrong = h('div', { class: 'wrong-place' });

  constructor(app, { id }) {
    this.#app = app;
    this.#id = id;
  }

  async node() {
    const path = `/api/drills/${encodeURIComponent(this.#id)}`;
    this.#session = await this.#app.api.get(path);
    this.#made = await this.#app.api.post(`${path}/debrief`, {});
    const own = memory.drill(this.#id);
    if (own) memory.note(this.#id, { ended: true, title: this.#session.title, lang: this.#session.lang });
    // Only who played is asked, and once; a trainer who follows a link looks at what was found.
    if (own && !own.asked && !this.#made.reflection) this.#ask();
    else this.#show();
    return this.#place;
  }

  #head(title) {
    const { lang } = this.#session;
    return [
      link(this.#app.t('drills'), '#/drills', { kind: 'back' }),
      h('div', { class: 'head' }, h('div', {}, h('p', { class: 'over-title', lang }, this.#session.title), h('h1', {}, title))),
    ];
  }

  #ask() {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#session;
    const area = h('textarea', { id: 'reflection', rows: 4, maxlength: 4000, 'aria-describedby': 'reflection-why' });
    const go = h('button', { class: 'main' }, t('showScores'));
    const form = h(
      'form',
      { class: 'panel ask-first' },
      h('p', { class: 'outcome' }, outcomeName(this.#app.lang, this.#made.outcome)),
      h('label', { class: 'question', for: 'reflection', lang }, this.#made.question),
      area,
      h('p', { class: 'hint', id: 'reflection-why' }, t('reflectWhy')),
      this.#wrong,
      h('div', { class: 'buttons' }, go, button(t('reflectNot'), () => this.#reflect(''))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#reflect(area.value.trim());
    });
    const talk = h('details', { class: 'fold panel' }, h('summary', {}, t('readAgain')), this.#talk(false));
    this.#place.replaceChildren(...this.#head(t('lookBack')), form, talk);
  }

  async #reflect(reflection) {
    try {
      if (reflection) this.#made = await this.#app.api.post(`/api/drills/${encodeURIComponent(this.#id)}/debrief`, { reflection });
      memory.note(this.#id, { asked: true, overall: this.#made.overall });
      this.#show();
      const heading = this.#place.querySelector('h1');
      heading.setAttribute('tabindex', '-1');
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
  }

  #show() {
    const made = this.#made;
    this.#place.replaceChildren(
      ...this.#head(this.#app.t('debrief')),
      this.#wrong,
      ...[this.#overall(), this.#next(), this.#factors(), this.#moments(), this.#curve(), this.#found(), this.#thought(), this.#whole()].filter(Boolean),
    );
    if (memory.drill(this.#id)) memory.note(this.#id, { overall: made.overall });
  }

  #overall() {
    const t = (...given) => this.#app.t(...given);
    const { overall, intervals, levels, outcome, hints } = this.#made;
    const { lang, difficulty } = this.#session;
    const again = link(t('playAgain'), `#/scenario/${encodeURIComponent(this.#session.scenario)}?difficulty=${difficulty}`, { kind: 'plain' });
    return h(
      'section',
      { class: 'panel overall', 'aria-label': t('overall') },
      h('p', { class: 'big' }, h('strong', {}, String(overall)), h('span', { class: 'of' }, t('of100'))),
      h(
        'div',
        { class: 'overall-said' },
        h('p', { class: 'outcome' }, outcomeName(this.#app.lang, outcome)),
        h('p', { lang }, levels.overall),
        facts(between(this.#app, intervals.overall), difficultyName(this.#app.lang, difficulty), hints ? t('hintsTaken', { n: hints }) : null),
      ),
      h('div', { class: 'buttons' }, again),
    );
  }

  #next() {
    return h('section', { class: 'panel next', 'aria-labelledby': 'try' }, h('div', {}, h('h2', { id: 'try' }, this.#app.t('tryNext')), h('p', { class: 'try', lang: this.#session.lang }, this.#made.next)));
  }

  #factors() {
    const { scores, intervals, levels } = this.#made;
    const rows = FACTOR_NAMES.map((name) =>
      h(
        'li',
        { class: 'factor' },
        h('p', { class: 'factor-head' }, h('span', { class: 'factor-name' }, factorName(this.#app.lang, name)), h('strong', {}, String(scores[name]))),
        bar(scores[name], intervals[name].low, intervals[name].high),
        h('p', { class: 'hint' }, between(this.#app, intervals[name])),
        h('p', { lang: this.#session.lang }, levels[name]),
      ),
    );
    return h('section', { class: 'panel', 'aria-labelledby': 'factors' }, h('h2', { id: 'factors' }, this.#app.t('factors')), h('ul', { class: 'factors', role: 'list' }, ...rows), h('p', { class: 'hint' }, this.#app.t('uncertain')));
  }

  #moments() {
    const t = (...given) => this.#app.t(...given);
    if (this.#made.moments.length === 0) return null;
    const rows = this.#made.moments.map((moment) => this.#moment(moment));
    return h('section', { class: 'panel', 'aria-labelledby': 'moments' }, h('h2', { id: 'moments' }, t('moments')), h('ol', { class: 'moments', role: 'list' }, ...rows));
  }

  #moment({ turn, quote, move, why, change, better, source }) {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#session;
    const good = change > 0 && !isHarming(move);
    return h(
      'li',
      { class: `moment ${good ? 'good' : 'bad'}` },
      h(
        'p',
        { class: 'moment-head' },
        h('span', { class: 'turn' }, t('turn', { n: turn })),
        move ? tag(moveName(this.#app.lang, move), isHarming(move) ? 'danger' : 'own') : null,
        h('span', { class: 'hint' }, t(change > 0 ? 'forBetter' : 'forWorse', { n: Math.round(Math.abs(change)) })),
      ),
      h('blockquote', { lang }, quote),
      h('p', { lang }, why),
      better ? h('div', { class: 'better' }, h('p', { class: 'better-head' }, t('better')), h('blockquote', { lang }, better), this.#source(source)) : null,
      this.#again(turn),
    );
  }

  #source(source) {
    if (!source) return null;
    const t = (...given) => this.#app.t(...given);
    const own = source.document === this.#session.scenario;
    const words = own ? t('fromScenario') : t('from', { title: source.title, place: source.locator });
    return h('p', { class: 'hint', lang: own ? this.#app.lang : null }, words);
  }

  /** Go on differently from before that turn. */
  #again(turn) {
    const t = (...given) => this.#app.t(...given);
    return button(t('retry'), () => this.#retry(turn - 1), { kind: 'plain retry', label: t('retryFull', { n: turn }) });
  }

  async #retry(turn) {
    try {
      const session = await this.#app.api.post(`/api/drills/${encodeURIComponent(this.#id)}/retry`, { turn });
      memory.note(session.id, { scenario: session.scenario, title: session.title, lang: session.lang, turn, ended: false });
      this.#app.go(`#/play/${encodeURIComponent(session.id)}`);
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
      this.#wrong.scrollIntoView({ block: 'center' });
    }
  }

  #curve() {
    return h('section', { class: 'panel', 'aria-labelledby': 'curve' }, h('h2', { id: 'curve' }, this.#app.t('curve')), timeline(this.#made.timeline, this.#app.lang));
  }

  #found() {
    const t = (...given) => this.#app.t(...given);
    const { lang } = this.#session;
    const hidden = this.#made.facts.map(({ text, found, ask }) =>
      sign(found, t(found ? 'found' : 'missed'), h('span', { lang }, text), found ? null : h('span', { class: 'could-ask' }, `${t('couldAsk')} `, h('q', { lang }, ask))),
    );
    const left = this.#made.open.map((text) => sign(false, t('leftOpen'), h('span', { lang }, text)));
    const looked = this.#made.criteria.map(({ factor, text, met }) =>
      sign(met, t(met ? 'met' : 'unmet'), h('span', { lang }, text), h('span', { class: 'where' }, factorName(this.#app.lang, factor))),
    );
    const list = (title, items) => (items.length ? h('div', {}, h('h3', {}, title), h('ul', { class: 'signs', role: 'list' }, ...items)) : null);
    return h('section', { class: 'panel found-panel', 'aria-labelledby': 'found' }, h('h2', { id: 'found' }, t('foundTitle')), list(t('hidden'), hidden), list(t('left'), left), list(t('criteria'), looked));
  }

  #thought() {
    if (!this.#made.reflection) return null;
    const { lang } = this.#session;
    return h('section', { class: 'panel', 'aria-labelledby': 'thought' }, h('h2', { id: 'thought' }, this.#app.t('yourThought')), h('p', { class: 'hint', lang }, this.#made.question), h('blockquote', {}, this.#made.reflection));
  }

  #whole() {
    return h('details', { class: 'fold panel' }, h('summary', {}, this.#app.t('whole')), this.#talk(true));
  }

  #talk(retry) {
    const { lang, turns, opening } = this.#session;
    const t = (...given) => this.#app.t(...given);
    const rows = turns.flatMap((turn, place) => {
      const { text, guest } = turn;
      const evidence = retry ? heardIn(turn, this.#made.timeline[place]) : null;
      const own = staffSaid(t('you'), text, lang, evidence, this.#app.lang);
      if (retry) own.append(this.#again(place + 1));
      return [own, guestSaid(t('guest'), guest, lang)];
    });
    return h('ol', { class: 'talk', role: 'list' }, guestSaid(t('guest'), opening, lang), ...rows);
  }
}

function between(app, { low, high }) {
  return app.t('between', { low: Math.round(low), high: Math.round(high) });
}

function sign(good, said, ...words) {
  const mark = good ? icon('tick') : icon('note');
  return h('li', { class: good ? 'sign good' : 'sign bad' }, mark, h('span', { class: 'sign-said' }, h('span', { class: 'sign-word' }, said), ...words));
}
