/** Groups: a name and the people in it. */
import { h } from '../chat/dom.js';
import { button, confirm, field, notice } from '../console/ui.js';

export class GroupsPanel {
  #app;
  #known;
  #changed;
  #list = h('ul', { class: 'groups', role: 'list' });
  #name = h('input', { type: 'text', maxlength: 80, required: true, autocomplete: 'off' });
  #members = h('textarea', { rows: 4 });
  #wrong = h('div', { class: 'wrong-place' });

  /** `known()` gives {groups}; `changed()` loads them anew. */
  constructor(app, known, changed) {
    this.#app = app;
    this.#known = known;
    this.#changed = changed;
    const t = (...given) => app.t(...given);
    const form = h('form', {}, field(t('groupName'), this.#name), field(t('members'), this.#members, { hint: t('membersHint') }), this.#wrong, h('div', { class: 'buttons' }, h('button', { class: 'plain' }, t('saveGroup'))));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save(form);
    });
    this.node = h('section', { class: 'panel', 'aria-labelledby': 'groups' }, h('h2', { id: 'groups' }, t('groups')), this.#list, form);
    this.#draw();
  }

  #draw() {
    const t = (...given) => this.#app.t(...given);
    const rows = this.#known().groups.map((group) =>
      h(
        'li',
        {},
        h('p', {}, h('strong', {}, group.name), h('span', { class: 'where' }, group.members.join(this.#app.lang === 'zh' ? '、' : ', ') || t('empty'))),
        h('div', { class: 'buttons' }, button(t('change'), () => this.#edit(group), { label: `${t('change')}: ${group.name}` }), button(t('remove'), () => this.#remove(group), { label: `${t('remove')}: ${group.name}` })),
      ),
    );
    this.#list.replaceChildren(...rows);
  }

  #edit({ name, members }) {
    this.#name.value = name;
    this.#members.value = members.join('\n');
    this.#members.focus();
  }

  async #save(form) {
    const members = this.#members.value.split(/[\n,，、;；]/).map((name) => name.trim()).filter(Boolean);
    const name = this.#name.value.trim();
    await this.#try(async () => {
      await this.#app.api.post('/api/training/groups', { name, members });
      await this.#changed();
      form.reset();
      this.#draw();
      this.#app.announce(this.#app.t('groupSaved', { name }));
    });
  }

  async #remove({ name }) {
    const t = (...given) => this.#app.t(...given);
    if (!(await confirm(this.#app, { title: t('removeGroupAsk', { name }), detail: t('removeGroupWhy'), yes: t('remove'), danger: true }))) return;
    await this.#try(async () => {
      await this.#app.api.remove(`/api/training/groups?${new URLSearchParams({ name })}`);
      await this.#changed();
      this.#draw();
    });
  }

  async #try(act) {
    this.#wrong.replaceChildren();
    try {
      await act();
    } catch (error) {
      this.#wrong.replaceChildren(notice(this.#app.t('failed'), this.#app.why(error)));
    }
  }
}
