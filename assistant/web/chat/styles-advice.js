/** The look of the advice card. */
export const ADVICE = `
.card { display: flex; flex-direction: column; gap: 14px; }
.card-top:empty { display: none; }
.card-top { display: flex; flex-direction: column; gap: 10px; }
.card h4 { font-size: 15px; font-weight: 700; }

.notice { display: flex; gap: 12px; padding: 12px 16px; border-radius: 14px; }
.notice .icon { width: 24px; height: 24px; margin-top: 1px; }
.notice strong { display: block; font-weight: 700; }
.notice p { font-size: 15px; }
.danger { align-items: center; background: var(--danger); color: var(--on-danger); }
.danger .icon { width: 30px; height: 30px; margin: 0; }
.danger strong { font-size: 18px; line-height: 1.35; }
.uncovered, .failed { background: var(--warn); color: var(--on-warn); box-shadow: inset 0 0 0 1px var(--warn-line); }
.again { margin: 8px 0 2px; padding: 0 18px; background: var(--on-warn); color: var(--warn); font-weight: 600; }
.again:focus-visible { outline-color: var(--on-warn); }
.answer > .card + .notice { margin-top: 12px; }

.card-title { padding: 0 4px; margin-bottom: -8px; color: var(--soft); font-size: 14px; }
.limits { padding: 0 4px; color: var(--soft); font-size: 14px; }

.goal { padding: 0 4px; font-size: 17px; line-height: 1.5; text-wrap: pretty; }
.has-danger .goal { font-size: 16px; }
.goal-label { margin-inline-end: 8px; color: var(--accent); font-weight: 700; }
.goal .cites { margin-block: -11px; }

.steps-head { display: flex; align-items: baseline; gap: 10px; padding: 0 4px; margin-bottom: -6px; }
.progress { margin-inline-start: auto; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.refined { color: var(--soft); font-size: 13px; }
.steps { display: flex; flex-direction: column; gap: 10px; }
.steps:empty { display: none; }
.step {
  display: grid; grid-template-columns: 52px minmax(0, 1fr); border-radius: 14px; background: var(--paper);
  box-shadow: 0 0 0 1px var(--line);
}
.tick { position: relative; display: grid; justify-items: center; align-items: start; min-height: 52px;
  padding-top: 11px; cursor: pointer; }
.tick input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.box {
  display: grid; place-items: center; width: 30px; height: 30px; border: 2px solid var(--edge); border-radius: 9px;
  color: var(--ink); font-size: 15px; line-height: 1; font-variant-numeric: tabular-nums;
}
.box b { font-weight: 700; }
.box .icon { display: none; stroke-width: 3; }
.tick:hover .box { border-color: var(--accent); }
.tick input:focus-visible + .box { outline: 3px solid var(--accent); outline-offset: 2px; }
.tick input:checked + .box { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.tick input:checked + .box b { display: none; }
.tick input:checked + .box .icon { display: block; }
.step-body { display: flex; flex-direction: column; gap: 6px; min-width: 0; padding: 12px 14px 6px 0; }
.who-when { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; min-height: 26px; font-size: 14px;
  line-height: 1.4; }
.when { font-weight: 700; font-variant-numeric: tabular-nums; }
.who { color: var(--soft); }
.channel { font-weight: 600; }
.step-text { font-size: 17px; font-weight: 500; line-height: 1.5; cursor: pointer; text-wrap: pretty; }
.step-text:lang(zh) { line-height: 1.6; }
.is-done .step-text, .is-done .when { color: var(--soft); font-weight: 400; }

.say { display: flex; align-items: center; gap: 4px; margin-top: 2px; padding: 2px 0 2px 12px; border-radius: 0 12px 12px 0;
  border-left: 3px solid var(--accent); background: var(--tint); }
.say blockquote { flex: 1; min-width: 0; padding: 8px 0; line-height: 1.5; }
.say blockquote:lang(zh) { line-height: 1.6; }
.copy { display: inline-flex; flex-direction: column; align-items: center; justify-content: center; gap: 2px; flex: none;
  align-self: stretch; min-width: 56px; padding: 6px 8px; color: var(--accent); font-size: 12px; font-weight: 600;
  line-height: 1.2; }
.copy .icon { width: 18px; height: 18px; }
.copy .icon-tick { display: none; stroke-width: 2.6; }
.copy.is-copied .icon-copy { display: none; }
.copy.is-copied .icon-tick { display: block; }
.copy:hover { color: var(--accent-deep); }

.step-foot { display: flex; align-items: center; gap: 6px; min-height: 44px; }
.labels { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: 6px; min-width: 0; padding: 4px 0; }
.tag, .chip { padding: 2px 8px; border-radius: 6px; font-size: 13px; line-height: 1.45; }
.tag { font-weight: 600; }
.immediate_response { background: var(--f1-tint); color: var(--f1); }
.timely_collaboration { background: var(--f2-tint); color: var(--f2); }
.intention_creation { background: var(--f3-tint); color: var(--f3); }
.resource_integration { background: var(--f4-tint); color: var(--f4); }
.chips { display: contents; }
.chip { box-shadow: inset 0 0 0 1px var(--line); color: var(--ink); }
.say-so { background: var(--warn); color: var(--on-warn); box-shadow: inset 0 0 0 1px var(--warn-line); font-weight: 600; }
.grade { color: var(--soft); }
.chip[data-resource] { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; max-width: 100%; }
.chip small { color: var(--on-warn); background: var(--warn); padding: 0 4px; border-radius: 4px; }
.keep { min-height: 44px; margin: -2px -8px -2px 0; padding: 0 8px; color: var(--accent); font-size: 13px; font-weight: 700;
  text-decoration: underline; text-underline-offset: 3px; }
.keep:hover { color: var(--accent-deep); }
.keep[aria-disabled="true"] { opacity: 0.5; }
.keep-said { order: 1; font-weight: 600; }
.keep-said:empty { display: none; }
.is-kept { background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.is-gone > span:first-child { text-decoration: line-through; }
.step-detail { color: var(--soft); font-size: 15px; }
.goal-needs { display: block; margin-top: 4px; color: var(--soft); font-size: 14px; }
.cites { display: inline-flex; flex-wrap: wrap; margin-inline-start: auto; vertical-align: middle; }
.cite { padding: 0; color: var(--accent); font-size: 14px; font-weight: 600; font-variant-numeric: tabular-nums; }
.step-foot .cites { flex: none; align-self: flex-end; max-width: 50%; margin-inline-end: -12px; }
.cite span { text-decoration: underline; text-underline-offset: 3px; }
.cite:hover { color: var(--accent-deep); background: var(--tint); }
.cite:focus-visible { outline-offset: -4px; }

.help { padding: 4px 0; }
.call-help { display: flex; align-items: center; justify-content: center; gap: 8px; width: 100%; min-height: 48px; padding: 8px 16px;
  border: 1px solid var(--accent); border-radius: 12px; background: var(--paper); color: var(--accent); font: inherit; font-weight: 700;
  text-decoration: none; cursor: pointer; }
.call-help:hover { background: var(--tint); }
.has-danger .call-help { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.help-said { padding: 4px 0; font-size: 14px; color: var(--soft); }
.help-said:empty { display: none; }
.more { display: flex; align-items: center; justify-content: center; gap: 6px; width: 100%; min-height: 48px;
  border: 1px solid var(--edge); border-radius: 14px; background: var(--paper); font-weight: 600; }
.more:hover { background: var(--tint); }
.more[aria-expanded="true"] .icon { transform: rotate(180deg); }
.beyond { display: flex; flex-direction: column; gap: 20px; padding-top: 4px; }
.beyond h4, .sources h4 { padding: 0 4px; margin-bottom: 8px; }
.options, .avoid, .combined, .limits-list { border-radius: 14px; background: var(--paper); box-shadow: 0 0 0 1px var(--line); }
.options li, .avoid li, .combined li, .limits-list li { display: flex; align-items: flex-start; gap: 4px; min-height: 52px; padding: 4px 2px 4px 16px; }
.options li + li, .avoid li + li, .combined li + li, .limits-list li + li { border-top: 1px solid var(--line); }
.options li > div, .avoid li > div, .combined li > div, .limits-list li > div { flex: 1; min-width: 0; padding: 8px 0; }
.extra-chips { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
.extra-chips:empty { display: none; }
.avoid li { box-shadow: inset 4px 0 0 -1px var(--danger); }
.avoid li:first-child { border-top-left-radius: 14px; }
.avoid li:last-child { border-bottom-left-radius: 14px; }

.sources { padding-top: 4px; font-size: 14px; }
.sources h4 { margin-bottom: 2px; color: var(--soft); font-size: 14px; }
.sources li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; padding: 0 4px; }
.source-name { flex: 1 1 200px; padding: 8px 0; line-height: 1.4; }
.source-name small { display: block; color: var(--soft); font-size: 13px; }

@media (forced-colors: active) {
  .box, .tag, .chip, .notice, .say { border: 1px solid; }
  .tick input:checked + .box { forced-color-adjust: none; }
}
`;
