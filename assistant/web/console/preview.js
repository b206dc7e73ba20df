/** What the text would do: which of its signals find it, and the card that staff would read. */
import { Card } from '../chat/card.js';
import { h } from '../chat/dom.js';
import { SourcePanel } from '../chat/source.js';
import { styleSheets } from '../chat/styles.js';
import { inLang } from './texts.js';
import { button, field, notice } from './ui.js';

const LOOK = `
:host { display: block; }
.preview-card {
  display: grid; gap: 10px; padding: 16px 12px; border-radius: 16px; background: var(--ground); color: var(--ink);
  font: 400 16px/1.55 var(--en); overflow-wrap: anywhere; text-align: start;
}
.preview-card:lang(zh) { font-family: var(--zh); line-height: 1.65; }
.preview-card .card { display: flex; flex-direction: column; gap: 16px; }
.preview-card .asked-by { padding: 0 4px; color: var(--soft); font-size: 14px; }
`;

export class Preview {
  #app;
  #text; // () => the text in the editor
  #last = null; // {heard, asked, advice, text}
  #turn = 0;
  #status = h('p', { class: 'summary', role: 'status' });
  #list = h('ol', { class: 'heard', role: 'list' });
  #frame = h('div', { class: 'advice' });
  #own = h('input', { type: 'text', maxlength: 4000 });
  #body = h('div', { class: 'halves', hidden: true });
  #wrong = h('div', {});
  #stale = h('p', { class: 'stale', hidden: true });
  node = h('section', { class: 'panel preview', 'aria-labelledby': 'preview-title' });

  constructor(app, text) {
    this.#app = app;
    this.#text = text;
    const look = new CSSStyleSheet();
    look.replaceSync(LOOK);
    this.#frame.attachShadow({ mode: 'open' }).adoptedStyleSheets = [...styleSheets(), look];
    this.speak();
  }

  speak() {
    const t = (...given) => this.#app.t(...given);
    const form = h(
      'form',
      { class: 'try' },
      field(t('tryOwn'), this.#own),
      h('button', { class: 'plain' }, t('tryIt')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#own.value.trim()) this.ask(this.#own.value.trim());
    });
    this.#stale.textContent = t('previewStale');
    this.#body.replaceChildren(
      h('div', {}, form, h('h3', {}, t('signalsHeard')), this.#list),
      h('div', {}, this.#frame),
    );
    this.node.replaceChildren(
      h(
        'div',
        { class: 'head' },
        h('div', {}, h('h2', { id: 'preview-title' }, t('preview')), h('p', { class: 'lead' }, t('previewLead'))),
        button(t('previewNow'), () => this.run(), { kind: 'plain run' }),
      ),
      this.#status,
      this.#stale,
      this.#wrong,
      this.#body,
    );
    if (this.#last) this.#show();
  }

  /** The text changed: what is shown is no longer what it would do. */
  age() {
    this.#stale.hidden = this.#last === null || this.#last.text === this.#text();
  }

  run() {
    return this.#fetch('', true);
  }

  /** One sentence alone: the list of signals stays. */
  ask(incident) {
    return this.#fetch(incident, this.#last?.text !== this.#text());
  }

  async #fetch(incident, signals) {
    this.#turn += 1;
    const turn = this.#turn;
    const text = this.#text();
    this.#wrong.replaceChildren();
    this.#status.textContent = this.#app.t('previewing');
    try {
      const body = { text, incident, lang: this.#app.lang, signals };
      const said = await this.#app.api.post('/api/playbooks/preview', body);
      if (turn !== this.#turn) return;
      this.#last = { ...said, text, heard: signals ? said.heard : this.#last.heard };
      this.#show();
      this.#app.announce(this.#app.t('previewReady', { summary: this.#status.textContent }));
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#status.textContent = '';
      this.#wrong.replaceChildren(notice(this.#app.t('previewFaulty'), this.#app.why(error)));
    }
  }

  #show() {
    const { heard, asked, advice } = this.#last;
    const first = heard.filter(({ standing }) => standing === 'first').length;
    this.#status.textContent = this.#app.t('heardSummary', { first, all: heard.length });
    this.#body.hidden = false;
    this.age();
    // Those of the page's language first: in them a manager tries things out.
    const own = (one) => (one.lang === this.#app.lang ? 0 : 1);
    this.#list.replaceChildren(...heard.toSorted((a, b) => own(a) - own(b)).map((one) => this.#heard(one, asked)));
    this.#card(asked, advice);
  }

  #heard(one, asked) {
    const shown = one.text === asked.text;
    const show = () => this.ask(one.text);
    const words = h('button', { type: 'button', class: 'utterance', lang: one.lang, 'aria-pressed': String(shown), on: { click: show } }, one.text);
    return h('li', { class: `standing ${one.standing}` }, words, this.#standing(one));
  }

  #standing({ standing, title, leading }) {
    const known = inLang(title, this.#app.lang).words || leading;
    return h('span', { class: 'goes' }, this.#app.t(`heard_${standing}`, { title: known }));
  }

  #card(asked, advice) {
    const { lang } = this.#app;
    const source = new SourcePanel(this.#app.api);
    const card = new Card(advice.lang, {
      onTick: () => {},
      onSource: (...cited) => source.open(...cited),
      announce: (words) => this.#app.announce(words),
    }, { live: false });
    card.restore(advice, []);
    const question = h('span', { lang: asked.lang }, asked.text);
    const words = h('p', { class: 'asked-by', lang }, `${this.#app.t('asked')}: `, question);
    this.#frame.shadowRoot.replaceChildren(h('div', { class: 'preview-card', lang: advice.lang }, words, card.node), source.node);
  }
}
