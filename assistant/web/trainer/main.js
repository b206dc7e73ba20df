/** The trainer's pages: who is where, what to practise, who plays now, what no playbook serves. */
import { Frame } from '../frame/frame.js';
import { AssignView } from './assign.js';
import { CohortView } from './cohort.js';
import { CompareView } from './compare.js';
import { LiveView, WatchView } from './live.js';
import { PersonView } from './person.js';
import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';
import { WeakView } from './weak.js';

new Frame({
  texts: { zh: ZH, en: EN },
  home: 'cohort',
  sections: ['cohort', 'assign', 'live', 'compare', 'weak'],
  links: [['toDrills', '/drills/'], ['toConsole', '/console/']],
  views: {
    cohort: { view: CohortView, section: 'cohort' },
    person: { view: PersonView, section: 'cohort' },
    assign: { view: AssignView, section: 'assign' },
    live: { view: LiveView, section: 'live' },
    watch: { view: WatchView, section: 'live' },
    compare: { view: CompareView, section: 'compare' },
    weak: { view: WeakView, section: 'weak' },
  },
}).start();
