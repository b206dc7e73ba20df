/** Texts of new playbooks, and signals put into those there are. */
import { langOf } from '../chat/texts.js';

const NEW = `---
id: hotel.new-situation
version: "1"
sectors: [hotel]
hazard: none
urgency: now
needs: []
title:
  en: What happened, in a few words
  zh: 用几个字说是什么情况
goal:
  en: What is true for the guest when this went well.
  zh: 事情处理好了，客人那边是什么样子。
signals:
  en:
    - how staff would type it, in a hurry
  zh:
    - 员工匆忙时会怎么打字
---

## Immediate response · 立即反应

### first-thing
- within_s: 30
- owner: self
- authority: self
- needs: []
- en: What to do at once.
- en.say: What to say, in words a person would use.
- zh: 马上做什么。
- zh.say: 说的话，像人平时说的那样。

## Timely collaboration · 即时协同

### pull-in
- within_s: 90
- owner: supervisor
- authority: self
- needs: []
- en: Whom to pull in, and for what.
- zh: 找谁来、来做什么。

## Intention creation · 意图创造

### find-the-need
- within_s: 150
- owner: self
- authority: self
- needs: []
- en: What to find out about what this guest needs.
- zh: 弄清这位客人真正要的是什么。

## Resource integration · 资源整合

### use-what-is-here
- within_s: 240
- owner: self
- authority: self
- needs: []
- en: What at hand can be used for it.
- zh: 手边有什么可以用上。

## Options · 选择

### first-choice
- kind: guest_chooses
- authority: self
- needs: []
- en: What to lay before the guest.
- zh: 可以请客人选的做法。

## Avoid · 避免

### not-this
- en: What not to do, and why.
- zh: 不要做什么，为什么。
`;

const SAMPLES = { en: '    - how staff would type it, in a hurry\n', zh: '    - 员工匆忙时会怎么打字\n' };

/** The text of a new playbook; a question that found none takes the place of the sample in its language. */
export function newText(signal) {
  if (!signal) return NEW;
  return NEW.replace(SAMPLES[langOf(signal)], `    - ${quoted(signal)}\n`);
}

/** The text with one more signal, first in the list of its language. */
export function withSignal(text, signal) {
  const lang = langOf(signal);
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^signals:\s*$/.test(line));
  if (start < 0) return text;
  const end = lines.findIndex((line, number) => number > start && /^\S/.test(line));
  const list = lines.findIndex((line, number) => number > start && number < end && line.trim() === `${lang}:`);
  const entry = `    - ${quoted(signal)}`;
  if (list < 0) lines.splice(start + 1, 0, `  ${lang}:`, entry);
  else lines.splice(list + 1, 0, entry);
  return lines.join('\n');
}

/** One line in quotes: YAML reads those of JSON. */
function quoted(signal) {
  return JSON.stringify(signal.replace(/\s+/g, ' ').trim());
}
