/** Curves of the guest's anger, trust and patience, with the same as a table; and bars of scores with their interval. */
import { freshId, h } from '../chat/dom.js';
import { dialName, wordOf } from './mood.js';
import { s } from './svg.js';

const DIALS = ['anger', 'trust', 'patience'];
const WORDS = {
  zh: { title: '客人怒气、信任、耐心的变化', turn: '轮', begin: '开始', table: '看成表格', from: '从', to: '到' },
  en: { title: 'The guest’s anger, trust and patience over time', turn: 'Turn', begin: 'Start', table: 'Show as a table', from: 'from', to: 'to' },
};
const HEIGHT = 220;
const EDGE = { left: 34, right: 12, top: 12, bottom: 28 };
const WIDEST = 720;

export function timeline(points, lang) {
  const words = WORDS[lang];
  const legend = DIALS.map((dial) => h('li', { class: `key ${dial}` }, key(dial), dialName(lang, dial)));
  return h(
    'figure',
    { class: 'timeline' },
    h('ul', { class: 'keys', role: 'list', 'aria-hidden': 'true' }, ...legend),
    curves(points, lang, Math.min(WIDEST, Math.max(280, window.innerWidth - 72))),
    h('figcaption', {}, summary(points, lang)),
    h('details', { class: 'fold' }, h('summary', {}, words.table), table(points, lang)),
  );
}

function key(dial) {
  return s('svg', { viewBox: '0 0 28 10', class: `curve ${dial}`, 'aria-hidden': 'true' }, s('path', { d: 'M1 5h26' }));
}

function curves(points, lang, width) {
  const last = Math.max(1, points.length - 1);
  const x = (place) => EDGE.left + (place / last) * (width - EDGE.left - EDGE.right);
  const y = (value) => HEIGHT - EDGE.bottom - (value / 100) * (HEIGHT - EDGE.top - EDGE.bottom);
  const id = freshId('curves');
  const lines = [0, 50, 100].map((value) =>
    s('g', {}, s('path', { class: 'grid', d: `M${EDGE.left} ${y(value)}H${width - EDGE.right}` }), s('text', { x: EDGE.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value))),
  );
  const every = Math.ceil(points.length / 12);
  const turns = points
    .map((point, place) => ({ point, place }))
    .filter(({ place }) => place % every === 0)
    .map(({ point, place }) => s('text', { x: x(place), y: HEIGHT - 8, 'text-anchor': 'middle' }, String(point.turn)));
  const drawn = DIALS.map((dial) =>
    s(
      'g',
      { class: `curve ${dial}` },
      s('path', { d: points.map((point, place) => `${place ? 'L' : 'M'}${x(place).toFixed(1)} ${y(point[dial]).toFixed(1)}`).join('') }),
      ...points.map((point, place) => s('circle', { cx: x(place).toFixed(1), cy: y(point[dial]).toFixed(1), r: 3 })),
    ),
  );
  return s(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'curves', role: 'img', 'aria-labelledby': id },
    s('title', { id }, `${WORDS[lang].title}. ${summary(points, lang)}`),
    ...lines,
    ...turns,
    ...drawn,
  );
}

/** The picture in one sentence. */
function summary(points, lang) {
  const [first, last] = [points[0], points.at(-1)];
  const { from, to } = WORDS[lang];
  const told = DIALS.map((dial) =>
    lang === 'zh'
      ? `${dialName(lang, dial)}${from} ${first[dial]} ${to} ${last[dial]}（${wordOf(dial, last[dial], lang)}）`
      : `${dialName(lang, dial)} ${from} ${first[dial]} ${to} ${last[dial]} (${wordOf(dial, last[dial], lang)})`,
  );
  return told.join(lang === 'zh' ? '；' : '; ') + (lang === 'zh' ? '。' : '.');
}

function table(points, lang) {
  const { turn, begin } = WORDS[lang];
  const heads = [turn, ...DIALS.map((dial) => dialName(lang, dial))].map((name) => h('th', { scope: 'col' }, name));
  const rows = points.map((point) =>
    h('tr', {}, h('th', { scope: 'row' }, point.turn === 0 ? begin : String(point.turn)), ...DIALS.map((dial) => h('td', {}, String(point[dial])))),
  );
  return h('table', { class: 'plain-table' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows));
}

/** A bar to `value` with the band in which it probably lies; what it shows stands in words beside it. */
export function bar(value, low, high) {
  return s(
    'svg',
    { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'score-bar', 'aria-hidden': 'true' },
    s('rect', { class: 'ground', x: 0, y: 2, width: 100, height: 6, rx: 1 }),
    s('rect', { class: 'value', x: 0, y: 2, width: Math.max(0, value), height: 6, rx: 1 }),
    low === undefined ? null : s('rect', { class: 'band', x: low, y: 0, width: Math.max(0.8, high - low), height: 10, rx: 1 }),
  );
}

/** The tries of a skill as a small curve; oldest left. */
export function spark(values) {
  const last = Math.max(1, values.length - 1);
  const d = values.map((value, place) => `${place ? 'L' : 'M'}${((place / last) * 92 + 4).toFixed(1)} ${(26 - (value / 100) * 22).toFixed(1)}`).join('');
  const ends = values.length ? s('circle', { cx: values.length > 1 ? 96 : 4, cy: (26 - (values.at(-1) / 100) * 22).toFixed(1), r: 3 }) : null;
  return s('svg', { viewBox: '0 0 100 30', class: 'spark', 'aria-hidden': 'true' }, s('path', { d: d || 'M4 26' }), ends);
}
