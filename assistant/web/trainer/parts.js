/** Small parts of the trainer's views. */
import { h } from '../chat/dom.js';
import { link } from '../console/ui.js';
import { spark } from '../training/chart.js';

const STEPS = [25, 45, 65, 85]; // where the anchored levels of the debrief begin
const SIGNS = { rising: '↗', falling: '↘', steady: '→', unknown: '' };

/** A skill as a cell: colour, number and words say the same. */
export function skillCell(app, skill) {
  if (!skill || skill.tries === 0) return h('td', { class: 'cell none' }, h('span', { 'aria-hidden': 'true' }, '–'), unseen(app.t('noTries')));
  if (skill.level === null) {
    return h('td', { class: 'cell few' }, h('span', { 'aria-hidden': 'true' }, `? (${skill.tries})`), unseen(app.t('tooFew', { n: skill.tries })));
  }
  const said = app.t('skillSaid', { low: skill.low, high: skill.high, n: skill.tries, trend: app.t(skill.trend) });
  return h('td', { class: `cell level-${stepOf(skill.level)}`, title: said }, h('strong', {}, String(skill.level)), h('span', { class: 'trend', 'aria-hidden': 'true' }, SIGNS[skill.trend]), unseen(said));
}

/** The same with its tries as a curve. */
export function skillRow(app, name, skill, extra = null) {
  const few = skill.level === null;
  const said = few ? app.t('tooFew', { n: skill.tries }) : app.t('skillSaid', { low: skill.low, high: skill.high, n: skill.tries, trend: app.t(skill.trend) });
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    h('td', { class: few ? 'number' : `number cell level-${stepOf(skill.level)}` }, few ? '–' : h('strong', {}, String(skill.level))),
    h('td', { class: 'curve-cell' }, skill.values.length > 1 ? spark(skill.values.slice(-20)) : null),
    h('td', {}, skill.tries === 0 ? app.t('noTries') : said, extra),
  );
}

export function stepOf(level) {
  return STEPS.filter((least) => level >= least).length;
}

export function unseen(words) {
  return h('span', { class: 'unseen' }, words);
}

/** Scrolls by itself where it is wider than the page; by keyboard too. */
export function wide(label, table) {
  return h('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': label }, table);
}

export function options(all, items, chosen = '') {
  const known = [['', all], ...items].filter(([, words]) => words !== null);
  return known.map(([value, words]) => h('option', { value, selected: String(value) === String(chosen) }, words));
}

export function personLink(name) {
  return link(name, `#/person/${encodeURIComponent(name)}`);
}

/** Saves what the server sends as a file. */
export async function download(app, path, name) {
  const response = await fetch(path, { headers: app.access.headers });
  if (!response.ok) throw new Error(app.t('failed'));
  const address = URL.createObjectURL(await response.blob());
  const anchor = h('a', { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
