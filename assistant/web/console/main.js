/** The manager's console: playbooks, documents, gaps and rooms. */
import { h } from '../chat/dom.js';
import { Frame } from '../frame/frame.js';
import { DocumentView } from './document.js';
import { DocumentsView } from './documents.js';
import { EditorView } from './editor.js';
import { GapsView } from './gaps.js';
import { PlaybooksView } from './playbooks.js';
import { RoomsView } from './rooms.js';
import { TEXTS } from './texts.js';

class Console extends Frame {
  #badge = h('span', { class: 'badge', hidden: true });

  start() {
    super.start();
    this.countGaps();
  }

  beside(section) {
    return section === 'gaps' ? this.#badge : null;
  }

  changed() {
    this.countGaps();
  }

  /** How many gaps are open, beside the section's name; left out where that may not be known. */
  async countGaps() {
    try {
      const { gaps, more } = await this.api.get('/api/gaps?limit=99', { quiet: true });
      const words = `${gaps.length}${more ? '+' : ''}`;
      this.#badge.replaceChildren(h('span', { 'aria-hidden': 'true' }, words), unseen(this.t('openGaps', { n: words })));
      this.#badge.hidden = gaps.length === 0;
    } catch {
      this.#badge.hidden = true;
    }
  }
}

function unseen(words) {
  return h('span', { class: 'unseen' }, words);
}

new Console({
  texts: TEXTS,
  home: 'playbooks',
  sections: ['playbooks', 'documents', 'gaps', 'rooms'],
  links: [['desk', '/'], ['trainer', '/trainer/']],
  views: {
    playbooks: { view: PlaybooksView, section: 'playbooks' },
    playbook: { view: EditorView, section: 'playbooks' },
    new: { view: EditorView, section: 'playbooks' },
    documents: { view: DocumentsView, section: 'documents' },
    document: { view: DocumentView, section: 'documents' },
    gaps: { view: GapsView, section: 'gaps' },
    rooms: { view: RoomsView, section: 'rooms' },
  },
}).start();
