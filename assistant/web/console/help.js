/** How a playbook is written, in short, beside the text. */
import { h } from '../chat/dom.js';
import { inLang } from './texts.js';

const HELP = {
  en: {
    parts: [
      ['Top, between the --- lines', [
        ['id', 'sector, a dot, words with hyphens'],
        ['version', 'any text; a date is good'],
        ['sectors', 'hotel restaurant retail transport bank public_service clinic venue property call_centre, or any'],
        ['hazard', 'none; anything else makes it a fixed protocol shown before all'],
        ['urgency', 'now, soon or routine'],
        ['title, goal', 'in en and zh; one language alone works too'],
        ['signals', '6–12 per language, as staff really type: this is what finds the card'],
        ['slots', 'words of the card that a room or table number may replace'],
      ]],
      ['Each action', [
        ['within_s', 'by when, in seconds'],
        ['owner', 'self, or the role to pull in'],
        ['authority', 'whose say: self, supervisor, manager'],
        ['needs', 'what something at hand could meet'],
        ['en, zh', 'one or two short sentences that begin with a verb'],
        ['en.say, zh.say', 'a sentence to say aloud, if there is one'],
      ]],
    ],
    rules: [
      'Five to eight actions, at least one under each of the four headings.',
      'The first four must be enough for the first minutes.',
      'Two or three options that differ in kind: guest_chooses, guest_joins_in, we_do_it.',
      'Promise no amount that the site or the law decides: say who decides.',
    ],
  },
  zh: {
    parts: [
      ['开头，两条 --- 之间', [
        ['id', '行业、一个点、用连字符连起来的几个英文词'],
        ['version', '任意文字，写日期最好'],
        ['sectors', 'hotel restaurant retail transport bank public_service clinic venue property call_centre，或 any'],
        ['hazard', 'none；写别的就成了固定流程，先于一切显示'],
        ['urgency', 'now、soon 或 routine'],
        ['title、goal', '写 en 和 zh；只写一种语言也行'],
        ['signals', '每种语言 6–12 条，照员工真会打的字写：卡就是靠它找到的'],
        ['slots', '卡里可以换成房号、桌号的那几个字'],
      ]],
      ['每个动作', [
        ['within_s', '多少秒之内'],
        ['owner', 'self，或要找来的岗位'],
        ['authority', '谁说了算：self、supervisor、manager'],
        ['needs', '手边的东西能满足的需要'],
        ['en、zh', '一两句短话，动词开头'],
        ['en.say、zh.say', '有的话，写一句能直接说出口的话'],
      ]],
    ],
    rules: [
      '五到八个动作，四个标题下各至少一个。',
      '最先的四个要够应付头几分钟。',
      '两三个选择，种类不同：guest_chooses、guest_joins_in、we_do_it。',
      '由门店或法律决定的金额不要许诺，写明由谁决定。',
    ],
  },
};

export function helpPanel(app) {
  const { parts, rules } = HELP[app.lang];
  const lists = parts.flatMap(([title, entries]) => [h('h3', {}, title), terms(entries)]);
  const ids = h('div', { class: 'ids' });
  const panel = h(
    'details',
    { class: 'panel help' },
    h('summary', {}, app.t('help')),
    // It scrolls by itself, so that the text and its help stand side by side; by keyboard too.
    h(
      'div',
      { class: 'help-body', tabindex: '0', role: 'group', 'aria-label': app.t('help') },
      h('ul', { class: 'rules' }, ...rules.map((rule) => h('li', {}, rule))),
      ...lists,
      ids,
    ),
  );
  panel.addEventListener('toggle', () => showIds(app, ids));
  return panel;
}

function terms(entries) {
  return h('dl', {}, ...entries.flatMap(([word, meaning]) => [h('dt', {}, h('code', {}, word)), h('dd', {}, meaning)]));
}

/** The ids of this house, asked for when somebody looks. */
async function showIds(app, place) {
  if (place.childElementCount) return;
  try {
    const { roles, needs } = await app.api.get('/api/playbooks');
    const named = (texts) => terms(Object.entries(texts).map(([id, text]) => [id, inLang(text, app.lang).words]));
    place.replaceChildren(h('h3', {}, app.t('roleIds')), named(roles), h('h3', {}, app.t('needIds')), named(needs));
  } catch {
    // The rest of the help stands without it.
  }
}
