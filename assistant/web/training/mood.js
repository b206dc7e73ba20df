/** How the guest stands, as a quiet picture: the water of anger, the rings of trust, the candle of patience. */
import { h } from '../chat/dom.js';
import { s } from './svg.js';

const DIALS = ['anger', 'trust', 'patience'];
const STEPS = [20, 40, 60, 80];
const WORDS = {
  anger: { zh: ['平静', '略有不快', '生气', '很生气', '怒极'], en: ['calm', 'a little cross', 'angry', 'very angry', 'furious'] },
  trust: { zh: ['不信', '起疑', '将信将疑', '比较信', '信任'], en: ['none', 'little', 'unsure', 'growing', 'firm'] },
  patience: { zh: ['快没了', '不多', '还有一些', '尚好', '很足'], en: ['nearly gone', 'little', 'some', 'good', 'plenty'] },
};
const NAMES = { zh: { anger: '怒气', trust: '信任', patience: '耐心' }, en: { anger: 'Anger', trust: 'Trust', patience: 'Patience' } };
const CHANGES = {
  zh: { up: '上升', down: '下降', same: '不变' },
  en: { up: 'up', down: 'down', same: 'unchanged' },
};
const SLIGHT = 2;

export const dialName = (lang, dial) => NAMES[lang][dial];

export class Mood {
  #lang;
  #parts = {};
  #last = null;

  constructor(lang, label) {
    this.#lang = lang;
    const rows = DIALS.map((dial) => this.#row(dial));
    this.node = h('dl', { class: 'moods', 'aria-label': label }, ...rows);
  }

  /** Shows the dials; returns in words what changed since the last time. */
  show(state) {
    const said = [];
    for (const dial of DIALS) {
      const value = state[dial];
      const change = this.#last ? value - this.#last[dial] : 0;
      const word = wordOf(dial, value, this.#lang);
      const { picture, words, number, turn } = this.#parts[dial];
      picture.replaceChildren(...DRAWN[dial](value));
      words.textContent = word;
      number.textContent = String(value);
      turn.textContent = Math.abs(change) < SLIGHT ? '' : `${change > 0 ? '▲' : '▼'} ${Math.abs(change)}`;
      if (Math.abs(change) >= SLIGHT) said.push(`${NAMES[this.#lang][dial]} ${CHANGES[this.#lang][change > 0 ? 'up' : 'down']}`);
    }
    this.#last = state;
    return said.join(this.#lang === 'zh' ? '，' : ', ');
  }

  #row(dial) {
    const picture = s('svg', { viewBox: '0 0 64 40', 'aria-hidden': 'true', class: `mood-${dial}` });
    const words = h('span', { class: 'mood-word' });
    const number = h('span', { class: 'mood-number' });
    const turn = h('span', { class: 'mood-turn', 'aria-hidden': 'true' });
    this.#parts[dial] = { picture, words, number, turn };
    return h('div', { class: 'mood' }, h('dt', {}, NAMES[this.#lang][dial]), h('dd', {}, picture, words, h('span', { class: 'mood-figures' }, number, turn)));
  }
}

export function wordOf(dial, value, lang) {
  return WORDS[dial][lang][STEPS.filter((step) => value >= step).length];
}

const DRAWN = {
  anger: (value) => [12, 22, 32].map((y) => s('path', { d: wave(y, (value / 100) * 9) })),
  trust: (value) => {
    const apart = 15 * (1 - value / 100);
    return [32 - apart, 32 + apart].map((x) => s('circle', { cx: x.toFixed(1), cy: 20, r: 13 }));
  },
  patience: (value) => {
    const height = 3 + (value / 100) * 23;
    const top = 36 - height;
    return [
      s('path', { d: 'M18 37h28' }),
      s('rect', { x: 26, y: top.toFixed(1), width: 12, height: height.toFixed(1), rx: 2 }),
      s('path', { class: 'flame', d: `M32 ${(top - 8).toFixed(1)}q4 5 0 7q-4-2 0-7Z` }),
    ];
  },
};

/** A line across the picture that rises and falls by `height`. */
function wave(y, height) {
  const parts = [`M4 ${y}`];
  for (let x = 4; x < 60; x += 14) {
    parts.push(`q3.5 ${(-height).toFixed(1)} 7 0 q3.5 ${height.toFixed(1)} 7 0`);
  }
  return parts.join(' ');
}
