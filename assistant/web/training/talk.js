/** The conversation: what the guest said, what staff said, and which moves were heard in it. */
import { h } from '../chat/dom.js';
import { isHarming, moveName } from './names.js';

const WORDS = {
  zh: { heard: '听出来的做法', harms: '有害', helps: '有益', nothing: '没有听出有用的做法' },
  en: { heard: 'Moves heard', harms: 'harms', helps: 'helps', nothing: 'No helpful move was heard' },
};

/** `lang` is that of the conversation. */
export function guestSaid(name, words, lang) {
  return h('li', { class: 'said guest', lang }, h('p', { class: 'who' }, name), h('p', { class: 'words' }, words));
}

/** `page` is the language of the page, in which moves are named. */
export function staffSaid(name, words, lang, evidence, page) {
  return h(
    'li',
    { class: 'said staff' },
    h('p', { class: 'who' }, name),
    h('p', { class: 'words', lang }, words),
    evidence ? moves(evidence, lang, page) : null,
  );
}

/** What is to be shown of a turn: that nothing was heard is said only where the guest did not take it well either. */
export function heardIn({ evidence, state }, before) {
  return evidence.length || state.trust <= before.trust ? evidence : null;
}

export function moves(evidence, lang, page) {
  if (evidence.length === 0) return h('p', { class: 'no-moves' }, WORDS[page].nothing);
  const items = evidence.map(({ move, quote }) =>
    h(
      'li',
      { class: isHarming(move) ? 'move harms' : 'move helps' },
      h('span', { class: 'unseen' }, `${isHarming(move) ? WORDS[page].harms : WORDS[page].helps}: `),
      h('span', { class: 'move-name' }, moveName(page, move)),
      quote ? h('q', { lang }, quote) : null,
    ),
  );
  return h('ul', { class: 'moves', role: 'list', 'aria-label': WORDS[page].heard }, ...items);
}
