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
  colleague: ['身边的同事', 'nearest colleague'],
  supervisor: ['当班主管', 'shift supervisor'],
  manager: ['值班经理', 'duty manager'],
  first_aider: ['急救员', 'first aider'],
  security: ['保安', 'security'],
  emergency_services: ['急救／消防／公安', 'emergency services'],
  police: ['警察', 'police'],
  housekeeping: ['客房部', 'housekeeping'],
  engineering: ['工程部', 'engineering'],
  front_desk: ['前台', 'front desk'],
  concierge: ['礼宾部', 'concierge'],
  reservations: ['预订部', 'reservations'],
  kitchen: ['厨房', 'kitchen'],
  server: ['楼面服务员', 'floor team'],
  cashier: ['收银', 'cashier'],
  it_support: ['信息技术支持', 'IT support'],
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
