/** The look, as constructable style sheets: allowed under a policy that forbids inline styles. */
import { ADVICE } from './styles-advice.js';

const FRAME = `
:host {
  all: initial;
  display: contents;
  color-scheme: light dark;
  --ground: #f5f4f0; --paper: #ffffff; --ink: #1a1c1e; --soft: #545a60; --line: #dfddd6; --edge: #82878c;
  --accent: #0a5a54; --accent-deep: #07433e; --on-accent: #ffffff; --tint: #e6f0ee;
  --danger: #a81c1c; --on-danger: #ffffff; --danger-text: #a81c1c; --warn: #fcf2d6; --on-warn: #574000; --warn-line: #dcc27a;
  --mark: #ffe68f; --on-mark: #1a1c1e; --shadow: 0 1px 2px rgb(20 22 24 / 8%), 0 12px 40px rgb(20 22 24 / 18%);
  --f1: #96330f; --f1-tint: #fbebe4; --f2: #1c4c8c; --f2-tint: #e6eef8;
  --f3: #643a8a; --f3-tint: #f1eaf8; --f4: #2a5c32; --f4-tint: #e6f1e7;
  --zh: -apple-system, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC",
    system-ui, sans-serif;
  --en: -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang SC",
    "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
}
:host([hidden]) { display: none; }
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #121416; --paper: #1b1e21; --ink: #eceae5; --soft: #abb1b6; --line: #31363a; --edge: #7d848a;
    --accent: #7fd1c6; --accent-deep: #a5e2d9; --on-accent: #06201d; --tint: #203230;
    --danger: #b3261e; --on-danger: #ffffff; --danger-text: #ff9d93; --warn: #362c13; --on-warn: #f4dda0; --warn-line: #6b5825;
    --mark: #6d5804; --on-mark: #fff8e0; --shadow: 0 0 0 1px #31363a, 0 12px 40px rgb(0 0 0 / 55%);
    --f1: #f3a98b; --f1-tint: #3a241b; --f2: #9fc3f2; --f2-tint: #1c2a3c;
    --f3: #d0b0ee; --f3-tint: #2e2439; --f4: #9fd3a6; --f4-tint: #1d3021;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, h4, p, ul, ol, figure, blockquote { margin: 0; padding: 0; font: inherit; }
ul, ol { list-style: none; }
button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button {
  min-width: 44px; min-height: 44px; margin: 0; padding: 0 12px; border: 0; border-radius: 10px;
  background: none; cursor: pointer; touch-action: manipulation;
}
:focus { outline: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.icon {
  width: 20px; height: 20px; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round;
}
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}

.launcher {
  position: fixed; z-index: 2147483000; right: max(20px, env(safe-area-inset-right));
  bottom: max(20px, env(safe-area-inset-bottom)); display: inline-flex; align-items: center; gap: 10px;
  min-height: 54px; padding: 0 22px 0 18px; border-radius: 27px; background: var(--accent); color: var(--on-accent);
  font: 600 16px/1.3 var(--en); box-shadow: var(--shadow);
}
.launcher .icon { width: 24px; height: 24px; }
.launcher:hover { background: var(--accent-deep); }
.launcher:focus-visible { outline-offset: 3px; }

dialog {
  position: fixed; inset: auto; margin: 0; padding: 0; border: 0; max-width: none; max-height: none;
  flex-direction: column; overflow: hidden; background: var(--ground); color: var(--ink);
  font: 400 16px/1.55 var(--en); text-align: start; overflow-wrap: break-word; -webkit-text-size-adjust: 100%;
}
dialog[open] { display: flex; }
dialog:lang(zh) { line-height: 1.65; }
.panel {
  z-index: 2147483001; right: 20px; bottom: 20px; width: 440px; height: min(780px, 100vh - 40px);
  border-radius: 18px; box-shadow: var(--shadow);
}
.guide { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; padding: 0 16px; border-bottom: 1px solid var(--line);
  background: var(--paper); color: var(--soft); font-size: 13px; }
.guide select { min-height: 44px; border: 0; background: none; color: var(--ink); font: inherit; font-weight: 600; }
.guide .hint { min-height: 44px; margin-inline-start: auto; padding: 0 4px; color: var(--accent); font-size: 13px; font-weight: 600;
  text-decoration: underline; text-underline-offset: 3px; }
.head {
  display: flex; align-items: center; justify-content: space-between; gap: 8px;
  padding: 8px 8px 8px 20px; background: var(--paper); border-bottom: 1px solid var(--line);
}
.brand { min-width: 0; line-height: 1.25; }
.brand h2 { font-size: 18px; font-weight: 700; letter-spacing: -0.01em; }
.tagline { display: block; color: var(--soft); font-size: 13px; }
.tools { display: flex; flex: none; }
.tool { display: inline-grid; place-items: center; padding: 0; color: var(--soft); }
.tool.word { padding: 0 10px; font-size: 14px; font-weight: 600; }
.tool:hover { background: var(--tint); color: var(--ink); }

.log {
  position: relative; flex: 1; min-height: 0; padding: 16px 16px 20px; overflow: hidden auto;
  overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--edge) transparent;
}
.log:focus-visible, .source-text:focus-visible { outline-offset: -3px; }
.turn + .turn { margin-top: 28px; }
.turn:last-child:not(:first-child) { min-height: 100%; }
.asked { display: flex; justify-content: flex-end; }
.question {
  max-width: 88%; padding: 9px 14px; border-radius: 16px 16px 4px; background: var(--tint);
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.answer { margin-top: 12px; }
.wait { padding: 10px 4px; color: var(--soft); }
.stopped { padding: 10px 4px; color: var(--soft); font-size: 14px; }

.empty { display: flex; flex-direction: column; gap: 22px; padding: 12px 4px; }
.invitation { font-size: 21px; font-weight: 600; line-height: 1.42; letter-spacing: -0.01em; text-wrap: pretty; }
.quick h3 { margin-bottom: 8px; color: var(--soft); font-size: 14px; }
.quick ul { border-radius: 14px; overflow: hidden; background: var(--paper); border: 1px solid var(--line); }
.quick li + li { border-top: 1px solid var(--line); }
.quick button { width: 100%; min-height: 48px; padding: 9px 16px; border-radius: 0; text-align: start; }
.quick button:hover { background: var(--tint); }
.quick button:focus-visible { outline-offset: -3px; }
.back { align-self: start; padding: 0 4px; color: var(--accent); font-weight: 600; text-decoration: underline;
  text-underline-offset: 3px; }

.composer {
  padding: 10px 12px max(12px, env(safe-area-inset-bottom)); background: var(--paper);
  border-top: 1px solid var(--line);
}
.composer-row { display: flex; align-items: flex-end; gap: 8px; }
.count { padding: 0 4px 8px; color: var(--soft); font-size: 14px; }
.count:empty { display: none; }
.count.is-over { color: var(--danger-text); font-weight: 600; }
textarea {
  flex: 1; min-width: 0; min-height: 46px; max-height: 150px; padding: 10px 14px; border: 1px solid var(--edge);
  border-radius: 14px; background: var(--paper); line-height: 1.5; resize: none; overflow-y: auto;
}
textarea::placeholder { color: var(--soft); opacity: 1; }
textarea:focus-visible { outline-width: 2px; outline-offset: -1px; border-color: transparent; }
textarea[aria-invalid="true"] { border-color: var(--danger-text); }
.send {
  display: inline-grid; place-items: center; flex: none; width: 46px; height: 46px; padding: 0; border-radius: 50%;
  background: var(--accent); color: var(--on-accent);
}
.send:hover { background: var(--accent-deep); }
.send[aria-disabled="true"] { background: var(--line); color: var(--soft); cursor: default; }
.send .icon-stop { fill: currentcolor; }

.source {
  right: 20px; bottom: 20px; width: min(620px, 100vw - 40px); height: min(780px, 100vh - 40px); border-radius: 18px;
  background: var(--paper); box-shadow: var(--shadow);
}
dialog::backdrop { background: rgb(12 14 16 / 45%); }
.source-head {
  display: flex; align-items: flex-start; justify-content: space-between; gap: 12px; padding: 16px 10px 14px 24px;
  border-bottom: 1px solid var(--line);
}
.source-title { font-size: 19px; font-weight: 700; line-height: 1.35; }
.source-where { margin-top: 3px; color: var(--soft); font-size: 14px; }
.source-text { position: relative; flex: 1; min-height: 0; padding: 4px 24px 28px; overflow: hidden auto;
  overscroll-behavior: contain; }
.source-text h3 { margin: 20px 0 4px; color: var(--soft); font-size: 14px; font-weight: 600; }
.source-text p { white-space: pre-line; }
.source-note { padding-top: 16px; color: var(--soft); }
.source-quote { margin: 10px 0 6px; padding: 4px 0 4px 14px; border-left: 3px solid var(--accent); }
mark { padding: 1px 2px; border-radius: 3px; background: var(--mark); color: var(--on-mark);
  box-decoration-break: clone; -webkit-box-decoration-break: clone; }

/* A Chinese font draws “ ” ’ as wide as a character, which tears English apart; so each has its own. */
[lang="zh"] { font-family: var(--zh); }
[lang="en"] { font-family: var(--en); }

@media (max-width: 599px) {
  .panel, .source {
    inset: 0; top: var(--view-top, 0); bottom: auto; width: 100%; height: var(--view-height, 100dvh); border-radius: 0;
    box-shadow: none;
  }
  .source { top: 0; height: 100dvh; }
  .head { padding-top: max(8px, env(safe-area-inset-top)); }
  .source-head { padding-top: max(16px, env(safe-area-inset-top)); }
}
@media (prefers-reduced-motion: no-preference) {
  .launcher, .tool, .send, .box, .quick button { transition: background-color 120ms, color 120ms, border-color 120ms; }
  .panel[open], .source[open] { animation: rise 160ms ease-out; }
  .step, .notice { animation: appear 160ms ease-out; }
  .wait { animation: breathe 1.6s ease-in-out infinite 300ms; }
}
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
@keyframes appear { from { opacity: 0; } }
@keyframes breathe { 50% { opacity: 0.55; } }
@media (forced-colors: active) {
  .panel, .source, .launcher, .send, .question, .card, .box span { border: 1px solid; }
  mark { forced-color-adjust: none; }
}
`;

let sheets = null;

/** Made once and shared by every <improv-chat> on the page. */
export function styleSheets() {
  sheets ??= [FRAME, ADVICE].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
