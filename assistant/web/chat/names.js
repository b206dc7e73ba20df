/** Names of the contract's fixed words, as people say them. */
import { t } from './texts.js';

const NAMES = {
  immediate_response: ['立即反应', 'Immediate response'],
  timely_collaboration: ['即时协同', 'Timely collaboration'],
  intention_creation: ['意图创造', 'Intention creation'],
  resource_integration: ['资源整合', 'Resource integration'],

  medical: ['医疗急救', 'medical emergency'],
  fire: ['火情', 'fire'],
  violence: ['暴力冲突', 'violence'],
  child_missing: ['儿童或老人走失', 'missing child or vulnerable person'],
  entrapment: ['有人被困', 'someone is trapped'],
  food_safety: ['食品安全', 'food safety'],
  self_harm: ['有人要伤害自己', 'risk of self-harm'],
  gas_leak: ['燃气或有毒气体泄漏', 'gas or fumes'],
  electrical: ['触电危险', 'electrical danger'],
  drowning: ['溺水', 'drowning'],
  structural: ['建筑物或设施垮塌', 'structural danger'],
  weapon: ['有人持械', 'weapon'],
  other_danger: ['人身安全', 'personal safety'],

  self: ['您本人', 'you'],

  guest_chooses: ['客人自选', 'guest chooses'],
  guest_joins_in: ['客人参与', 'guest joins in'],
  we_do_it: ['我们来办', 'we do it'],
};

/** A name in the given language; a word we do not know is shown as it came. */
export function nameOf(lang, word) {
  const pair = Object.hasOwn(NAMES, word) ? NAMES[word] : null;
  if (!pair) return String(word ?? '').replaceAll('_', ' ');
  return lang === 'zh' ? pair[0] : pair[1];
}

/** "within 30 s", "within 2.5 min": by when, no finer than a person can follow. */
export function timeOf(lang, seconds) {
  if (!Number.isFinite(seconds)) return '';
  if (seconds <= 0) return t(lang, 'now');
  if (seconds === 60 || seconds > 90) {
    const minutes = Math.round(seconds / 30) / 2;
    return minutes < 60
      ? t(lang, 'minutes', { n: minutes })
      : t(lang, 'hours', { n: Math.round(minutes / 30) / 2 });
  }
  return t(lang, 'seconds', { n: seconds });
}
