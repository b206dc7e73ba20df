/** The trainee's pages: choose a drill, play it, think it over. */
import { Frame } from '../frame/frame.js';
import { DebriefView } from './debrief.js';
import { PlayView } from './play.js';
import { ScenarioView } from './scenario.js';
import { StartView } from './start.js';
import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';

new Frame({
  texts: { zh: ZH, en: EN },
  home: 'drills',
  sections: ['drills'],
  links: [['desk', '/']],
  views: {
    drills: { view: StartView, section: 'drills' },
    scenario: { view: ScenarioView, section: 'drills' },
    play: { view: PlayView, section: 'drills' },
    debrief: { view: DebriefView, section: 'drills' },
  },
}).start();
