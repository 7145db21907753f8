// The sheet of the widget. Colours are tokens that follow the scheme; a page that
// embeds it changes those that begin with --wenshu.

import { css } from "lit";

export const styles = css`
:host {
  --accent: var(--wenshu-accent, light-dark(#2456c8, #8fb2ff));
  --on-accent: var(--wenshu-on-accent, light-dark(#ffffff, #0d1424));
  --bg: var(--wenshu-background, light-dark(#f6f7f9, #11141a));
  --card: var(--wenshu-card, light-dark(#ffffff, #191d25));
  --ink: var(--wenshu-ink, light-dark(#1a1f29, #e8ebf0));
  --muted: var(--wenshu-muted, light-dark(#5a6473, #a3adba));
  --line: light-dark(#e2e6ec, #2e3541);
  --edge: light-dark(#8b95a5, #6b7687);
  --soft: light-dark(#f1f3f6, #222731);
  --tint: light-dark(#eaf0fd, #1f2b47);
  --warn: light-dark(#6f4a00, #f0cd85);
  --warn-bg: light-dark(#fdf4de, #2e2610);
  --bad: light-dark(#a8283a, #ff9aa6);
  --good: light-dark(#1c6e4a, #7fd6ad);
  --shadow: light-dark(0 1px 2px rgb(20 30 50 / 5%), 0 1px 2px rgb(0 0 0 / 20%));
  --lift: 0 8px 30px light-dark(rgb(10 20 40 / 16%), rgb(0 0 0 / 50%));
  --round: var(--wenshu-radius, 14px);
  display: block; height: 640px; color-scheme: light dark; color: var(--ink); background: var(--bg);
  font: 15px/1.6 var(--wenshu-font, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif);
  text-align: start; -webkit-text-size-adjust: 100%; container-type: inline-size;
}
:host([theme="dark"]) { color-scheme: dark; }
:host([theme="light"]) { color-scheme: light; }
:host([hidden]) { display: none; }
:host([full]) { position: relative; top: var(--view-top, 0); height: var(--view-height, 100dvh); }
:host([launcher]) { height: auto; background: none; container-type: normal; }
* { box-sizing: border-box; }
ul, dl, dd, figure, p, h1, h2, h3, fieldset { margin: 0; padding: 0; border: 0; }
ul { list-style: none; }
h1, h2, h3 { font-weight: 650; font-size: inherit; line-height: 1.35; }
button, select, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button, select { cursor: pointer; }
button:disabled { cursor: default; opacity: 0.45; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { font-size: 13px; color: var(--muted); }
.icon { width: 19px; height: 19px; fill: none; stroke: currentcolor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.row { display: flex; align-items: center; gap: 8px; }
.grow { flex: 1; min-width: 0; }
.about { color: var(--muted); font-size: 12.5px; }
.failure { color: var(--bad); }

/* frame */
.frame { position: relative; display: flex; flex-direction: column; height: 100%; min-height: 0; overflow: clip; background: var(--bg); }
.top { display: flex; align-items: center; gap: 6px; flex: none; min-height: 56px; padding: 8px max(14px, env(safe-area-inset-right)) 8px max(14px, env(safe-area-inset-left)); border-bottom: 1px solid var(--line); background: var(--card); }
.brand { display: flex; align-items: center; gap: 9px; margin-inline-start: 4px; font-size: 16px; white-space: nowrap; }
.brand b { font-weight: 660; }
.brand svg { width: 26px; height: 26px; flex: none; }
.brand .ground { fill: var(--accent); }
.brand .bars { fill: var(--on-accent); }
.tool { display: inline-flex; align-items: center; justify-content: center; gap: 7px; min-width: 34px; height: 34px; padding: 0 7px; border: 0; border-radius: 9px; background: none; color: var(--muted); flex: none; }
.tool:hover, .tool[aria-expanded="true"], .tool[aria-pressed="true"] { background: var(--soft); color: var(--ink); }
a.tool { text-decoration: none; }
.tool.worded { padding: 0 10px; font-size: 13.5px; }
.top select { max-width: 170px; height: 34px; padding: 0 6px; border: 1px solid transparent; border-radius: 9px; background: none; color: var(--muted); font-size: 13.5px; text-overflow: ellipsis; }
.top select:hover { background: var(--soft); color: var(--ink); }
.top option { background: var(--card); color: var(--ink); }
span.who { color: var(--muted); font-size: 13.5px; padding: 0 6px; }
.body { position: relative; display: flex; flex: 1; min-height: 0; padding-inline: env(safe-area-inset-left, 0px) env(safe-area-inset-right, 0px); }
.main { position: relative; display: flex; flex-direction: column; flex: 1; min-width: 0; min-height: 0; }
.flow { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 24px max(16px, calc((100% - 820px) / 2)) 12px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }

/* side */
.shade { display: none; }
.side { display: flex; flex-direction: column; gap: 12px; flex: none; width: 296px; min-height: 0; padding: 14px 14px 20px; border-inline-end: 1px solid var(--line); background: var(--card); overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.side .row { justify-content: space-between; }
.side h2 { font-size: 15px; }
.side h3 { margin: 12px 0 6px; font-size: 12.5px; color: var(--muted); font-weight: 600; }
.count { font-weight: 400; }
.past button, .found button { display: flex; flex-direction: column; align-items: flex-start; width: 100%; padding: 7px 10px; border: 0; border-radius: 9px; background: none; text-align: start; font-size: 14px; line-height: 1.45; }
.found button { flex-direction: row; align-items: baseline; justify-content: space-between; gap: 10px; padding: 5px 10px; }
.found .about { text-align: end; }
.past button:hover, .found button:hover { background: var(--soft); }
.past span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; }
.wide { width: 100%; }
.find { display: block; width: 100%; height: 38px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 10px; background: var(--card); font-size: 14px; }
.find::placeholder, .box::placeholder, textarea::placeholder { color: var(--muted); opacity: 1; }
.primary { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 36px; padding: 0 16px; border: 0; border-radius: 10px; background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: 14px; }
.primary:hover:not(:disabled) { filter: brightness(1.08); }

/* first visit */
.intro { padding: clamp(8px, 7vh, 76px) 0 20px; }
.intro h1 { font-size: clamp(25px, 4.600cqi, 34px); line-height: 1.25; letter-spacing: -0.01em; font-weight: 680; text-wrap: balance; }
.lead { margin-top: 10px; color: var(--muted); font-size: 16px; max-width: 38em; }
.starters { margin-top: 34px; }
.starters h2 { font-size: 13.5px; font-weight: 600; color: var(--muted); margin-bottom: 10px; }
.starters ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 10px; }
.starters button { display: flex; align-items: center; width: 100%; height: 100%; min-height: 56px; padding: 11px 15px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); text-align: start; font-size: 14.5px; line-height: 1.45; box-shadow: var(--shadow); transition: border-color 0.12s; }
.starters button:hover { border-color: var(--accent); }
.sign-in { display: flex; flex-direction: column; align-items: flex-start; gap: 12px; max-width: 400px; margin: 12vh auto 0; padding: 0 20px; }
.sign-in h1 { font-size: 24px; }

/* transcript */
.log { display: flex; flex-direction: column; gap: 30px; padding-bottom: 8px; }
.turn { display: flex; flex-direction: column; gap: 12px; min-width: 0; scroll-margin-top: 4px; }
.turn:last-child { min-height: calc(var(--tall, 400px) - 210px); }
.question { align-self: flex-end; max-width: 86%; padding: 8px 15px; border-radius: 15px 15px 4px; background: var(--tint); font-weight: 450; overflow-wrap: anywhere; white-space: pre-wrap; line-height: 1.55; }
.working { display: flex; flex-wrap: wrap; align-items: center; gap: 9px; color: var(--muted); font-size: 14.5px; }
.pulse { width: 8px; height: 8px; border-radius: 50%; background: var(--accent); animation: pulse 1.2s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: 0.25; } }

/* card */
.card { display: block; padding: 18px 20px 12px; border: 1px solid var(--line); border-radius: var(--round); background: var(--card); box-shadow: var(--shadow); min-width: 0; }
.card.draft { padding-bottom: 18px; border-style: dashed; box-shadow: none; }
wenshu-card, wenshu-figure, wenshu-table, wenshu-composer, wenshu-board { display: block; min-width: 0; }
wenshu-board, .main > wenshu-board { display: flex; flex: 1; min-height: 0; }
wenshu-chip, wenshu-menu { display: contents; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 2px 14px; }
.title { font-size: 13.5px; color: var(--muted); font-weight: 500; overflow-wrap: anywhere; }
.badge { display: inline-flex; align-items: center; gap: 4px; font-size: 12px; color: var(--muted); }
.badge .icon { width: 14px; height: 14px; }
.badge.verified { color: var(--good); font-weight: 600; }
.sentence { display: flex; gap: 9px; margin-top: 5px; font-size: 17.5px; line-height: 1.6; overflow-wrap: anywhere; }
.sentence > span { min-width: 0; }
.sentence .icon { margin-top: 5px; color: var(--warn); }
.sentence strong { white-space: nowrap; font-weight: 670; font-variant-numeric: tabular-nums; }
.facts { display: flex; flex-wrap: wrap; gap: 1px 18px; margin-top: 6px; font-size: 13px; color: var(--muted); }
.facts > div { display: flex; gap: 6px; min-width: 0; }
.facts dt { flex: none; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 13px; }
.chips > li { max-width: 100%; }
.chips > .rest { display: none; }
.chip { position: relative; display: inline-flex; max-width: 100%; border: 1px solid var(--line); border-radius: 9px; background: var(--soft); font-size: 13.5px; }
.chip.open, .chip:has(.face:hover) { border-color: var(--accent); }
.chip.adds { background: none; border-style: dashed; color: var(--muted); }
.chip .face { display: flex; align-items: center; gap: 6px; min-height: 30px; min-width: 0; padding: 2px 9px; border: 0; border-radius: 8px; background: none; text-align: start; }
.chip .text { overflow-wrap: anywhere; line-height: 1.4; }
.chip .kind, .assumptions .kind { color: var(--muted); font-size: 12px; flex: none; }
.chip .face .icon { width: 14px; height: 14px; color: var(--muted); }
.remove { display: grid; place-items: center; flex: none; width: 28px; padding: 0; border: 0; border-inline-start: 1px solid var(--line); background: none; color: var(--muted); border-radius: 0 8px 8px 0; }
.remove .icon { width: 13px; height: 13px; }
.remove:hover { color: var(--bad); }
.pop { position: absolute; z-index: 6; inset-inline-start: 0; top: calc(100% + 5px); width: max-content; min-width: 220px; max-width: min(330px, calc(100cqi - 40px)); max-height: 380px; overflow: auto; padding: 6px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); box-shadow: var(--lift); scrollbar-width: thin; }
.pop .find { margin-bottom: 6px; }
.pop > .small { padding: 4px 8px; }
.option { display: flex; align-items: center; gap: 10px; justify-content: space-between; width: 100%; min-height: 32px; padding: 5px 10px; border: 0; border-radius: 8px; background: none; text-align: start; font-size: 14px; line-height: 1.4; }
.option:hover, .option:focus-visible { background: var(--tint); }
.option[aria-current] { color: var(--accent); font-weight: 600; }
.option .icon { width: 16px; height: 16px; }
.presets { display: flex; flex-wrap: wrap; gap: 6px; padding: 2px 8px 8px; max-width: 300px; }
.presets .option { width: auto; }
.days .small { padding: 4px 8px; }
.days .custom { border-top: 1px solid var(--line); padding-top: 8px; }
.days wenshu-calendar { padding: 0 8px; }
.ends { position: sticky; z-index: 1; bottom: env(safe-area-inset-bottom, 0px); display: grid; grid-template-columns: 1fr 1fr auto; align-items: end; gap: 8px; padding: 8px; background: var(--card); box-shadow: 0 24px 0 var(--card); }
.ends label { font-size: 12.5px; color: var(--muted); min-width: 0; }
.ends input { width: 100%; height: 36px; padding: 0 6px; border: 1px solid var(--edge); border-radius: 9px; background: var(--card); font-size: 13.5px; color: var(--ink); }
.ends [aria-invalid="true"] { border-color: var(--bad); }
.period .pop { max-height: 600px; }
wenshu-calendar { display: block; }
wenshu-calendar .grow { text-align: center; font-size: 14px; font-weight: 600; }
wenshu-calendar table { table-layout: fixed; }
wenshu-calendar thead th { position: static; height: 28px; background: none; color: var(--muted); font-size: 12.5px; font-weight: 400; text-align: center; }
wenshu-calendar td { padding: 1px 0; background: none !important; }
.day { display: block; width: 100%; min-height: 30px; padding: 0; border: 0; border-radius: 8px; background: none; font-size: 13.5px; text-align: center; font-variant-numeric: tabular-nums; }
.day.outside { color: var(--muted); }
.day:hover { background: var(--soft); }
[aria-selected="true"] > .day { border-radius: 0; background: var(--tint); }
[aria-selected="true"] > .day.end { border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.filter-form { display: flex; flex-direction: column; gap: 8px; padding: 6px; width: 260px; }
.filter-form .row { justify-content: space-between; }
.filter-form .term { font-weight: 600; font-size: 14px; }
.filter-form select { height: 32px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); font-size: 13.5px; padding: 0 6px; }
.filter-form .find { margin: 0; }
.filter-form > .primary { position: sticky; bottom: 0; flex: none; }
.checks { max-height: 200px; overflow: auto; scrollbar-width: thin; }
.check { display: flex; align-items: center; gap: 9px; min-height: 30px; padding: 2px 8px; border-radius: 8px; font-size: 14px; cursor: pointer; }
.check:hover { background: var(--soft); }
.check input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); flex: none; }
.check span { overflow-wrap: anywhere; }
.warnings { display: flex; flex-direction: column; gap: 4px; margin-top: 13px; padding: 8px 12px; border-radius: 10px; background: var(--warn-bg); color: var(--warn); font-size: 13.5px; line-height: 1.5; }
.warnings li { display: flex; gap: 8px; }
.warnings .icon { width: 16px; height: 16px; margin-top: 2px; }
.assumptions { margin-top: 11px; font-size: 13.5px; color: var(--muted); }
.assumptions li { display: flex; flex-wrap: wrap; align-items: center; gap: 5px 8px; }
.quiet { display: inline-flex; align-items: center; gap: 6px; min-height: 28px; padding: 1px 10px; border: 1px solid var(--line); border-radius: 8px; background: none; font-size: 13px; color: var(--muted); }
.quiet .icon { width: 16px; height: 16px; }
.quiet:hover { color: var(--accent); border-color: var(--accent); }
.quiet[aria-pressed="true"] { background: var(--tint); border-color: transparent; color: var(--accent); font-weight: 600; }

/* views */
.views { margin-top: 15px; border-top: 1px solid var(--line); }
.tabs { display: flex; gap: 20px; overflow-x: auto; scrollbar-width: none; }
.tabs button { position: relative; min-height: 38px; padding: 4px 1px 2px; border: 0; background: none; color: var(--muted); font-size: 14px; white-space: nowrap; }
.tabs button[aria-selected="true"] { color: var(--ink); font-weight: 620; }
.tabs button[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 0 0; height: 2px; border-radius: 2px; background: var(--accent); }
.tabs button:focus-visible { outline-offset: -2px; }
.panel { padding: 12px 0 4px; min-width: 0; }
.panel:focus { outline: 0; }
.chart figcaption { font-size: 13.5px; font-weight: 600; margin-bottom: 6px; overflow-wrap: anywhere; }
.stage-box { position: relative; min-width: 0; }
.stage { width: 100%; min-height: 48px; }
.stage svg { display: block; overflow: visible; }
.loading { position: absolute; inset: 12px 0 auto; animation: appear 0s 0.3s both; }
@keyframes appear { from { visibility: hidden; } }
.summary { margin-top: 10px; padding-inline-start: 12px; border-inline-start: 3px solid var(--line); }
.chart > .small { margin-top: 6px; }
.chart.pie .stage-box { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 28px; }
.chart.pie .stage { width: 230px; flex: none; }
.slices { flex: 1; min-width: 220px; font-size: 13.5px; }
.slices li { display: grid; grid-template-columns: auto 1fr auto 84px; align-items: center; gap: 4px; padding: 4px 0; border-bottom: 1px solid var(--line); }
.slices li:last-child { border: 0; }
.slices .what { overflow-wrap: anywhere; }
.slices .part, .slices .amount { text-align: end; font-variant-numeric: tabular-nums; }
.slices .amount { color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-bottom: 4px; font-size: 13px; color: var(--muted); }
.scale { align-items: center; flex-wrap: nowrap; gap: 8px; font-variant-numeric: tabular-nums; }
.ramp { width: min(140px, 40%); height: 8px; border-radius: 4px; background: linear-gradient(to right, var(--ramp)); forced-color-adjust: none; }
.key { position: relative; display: inline-block; width: 10px; height: 10px; margin-inline-end: 7px; border-radius: 3px; background: var(--tone); }
.key.shape-0 { border-radius: 50%; }
.key.shape-1 { clip-path: polygon(50% 0, 100% 100%, 0 100%); border-radius: 0; }
.key.shape-2 { border-radius: 1px; }
.key.shape-3 { border-radius: 1px; transform: rotate(45deg) scale(0.85); }
.key.hollow::after { content: ""; position: absolute; inset: 2.5px; border-radius: inherit; clip-path: inherit; background: var(--card); }
.tip { position: absolute; z-index: 3; max-width: 260px; padding: 8px 11px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); box-shadow: var(--lift); font-size: 13px; line-height: 1.45; pointer-events: none; transform: translate(14px, -50%); }
.tip.left { transform: translate(calc(-100% - 14px), -50%); }
.tip .of { display: flex; align-items: center; white-space: nowrap; gap: 2px; color: var(--muted); }
.tip b { margin-inline-start: 10px; color: var(--ink); font-weight: 620; font-variant-numeric: tabular-nums; }
.kinds { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 10px; }
.closer { margin-top: 8px; padding: 8px 10px; border-radius: 10px; background: var(--soft); }
.closer .buttons { margin: 0; }
.numbers { display: flex; flex-wrap: wrap; gap: 6px 40px; padding: 6px 0; }
.numbers dt { color: var(--muted); font-size: 13.5px; }
.numbers dd { font-size: clamp(24px, 5cqi, 34px); font-weight: 670; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; line-height: 1.3; overflow-wrap: anywhere; }
.numbers .earlier dd, .numbers .growth dd, .numbers .change dd, .numbers .share dd { color: var(--muted); font-weight: 540; }
.scroll { max-height: 420px; overflow: auto; border: 1px solid var(--line); border-radius: 10px; scrollbar-width: thin; overscroll-behavior: contain; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 13.5px; }
.scroll th, .scroll td { height: 34px; padding: 0 12px; text-align: start; font-weight: 400; white-space: nowrap; border-bottom: 1px solid var(--line); max-width: 340px; overflow: hidden; text-overflow: ellipsis; }
.scroll .gap td { padding: 0; border: 0; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover > * { background: var(--soft); }
thead th { position: sticky; top: 0; z-index: 1; padding: 0 !important; background: var(--soft); }
thead button { width: 100%; height: 34px; padding: 0 12px; border: 0; background: none; text-align: inherit; font-weight: 600; font-size: 13px; white-space: nowrap; }
thead button:focus-visible { outline-offset: -2px; }
.scroll th.number, .scroll td.number { text-align: end; font-variant-numeric: tabular-nums; }
td.null { color: var(--muted); }
.unit { margin-inline-start: 5px; font-weight: 400; color: var(--muted); }
[aria-sort="ascending"] .arrow::after { content: " ↑"; } [aria-sort="descending"] .arrow::after { content: " ↓"; }
tfoot > tr > * { position: sticky; bottom: 0; background: var(--soft); font-weight: 600 !important; border-top: 1px solid var(--line); }
wenshu-table > .small { margin: 7px 2px 0; }
pre { margin: 6px 0; padding: 12px 14px; border-radius: 10px; background: var(--soft); overflow: auto; font-size: 13px; line-height: 1.55; max-height: 340px; scrollbar-width: thin; }
code { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: 0.94em; }
.line { overflow-wrap: anywhere; }
.statement p { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.statement p code { padding: 0 6px; border-radius: 5px; background: var(--soft); }
.statement .quiet { margin-inline-start: auto; }
.definition { margin-bottom: 14px; font-size: 14.5px; }
.definition .term { font-weight: 650; }
.definition dl, dl.definition { margin-top: 4px; }
.definition > div, .definition dl > div { display: flex; gap: 12px; padding: 2px 0; }
.definition dt { color: var(--muted); font-size: 13px; width: 88px; flex: none; padding-top: 1px; }
.definition dd { min-width: 0; overflow-wrap: anywhere; }
.lineage { display: grid; gap: 3px; margin: 0; padding: 0; list-style: none; }
.plain { margin-top: 8px; }

/* what can be clicked next */
.choices, .suggested, .follow-ups { margin-top: 14px; }
.heading { margin-bottom: 6px; }
.buttons { display: flex; flex-wrap: wrap; gap: 7px; }
.buttons button:not(.tool) { min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 10px; background: none; color: var(--accent); font-size: 13.5px; text-align: start; line-height: 1.4; overflow-wrap: anywhere; }
.buttons button:not(.tool):hover { border-color: var(--accent); background: var(--tint); }
.choices .buttons { flex-direction: column; align-items: stretch; }
.choices .buttons button { width: 100%; min-height: 42px; background: var(--tint); border-color: transparent; font-size: 14.5px; }
.near { margin-top: 8px; }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-top: 13px; padding-top: 7px; border-top: 1px solid var(--line); min-height: 34px; }
.foot wenshu-feedback { margin-inline-start: auto; }
.foot wenshu-feedback:has(.why) { width: 100%; }
.tools { display: flex; align-items: center; gap: 2px; margin-inline-start: -7px; }
.tools .said { margin-inline-start: 8px; font-size: 13px; color: var(--muted); }
.menu-box { position: relative; display: inline-flex; }
.menu { top: auto; bottom: calc(100% + 5px); min-width: 170px; }
.opinion { display: flex; align-items: center; gap: 2px; }
.thanked { display: flex; align-items: center; gap: 6px; }
.thanked .icon { width: 16px; height: 16px; color: var(--good); }
.why { padding: 8px 0 6px; }
.why legend { padding: 0; font-weight: 600; font-size: 14px; margin-bottom: 4px; }
.why fieldset { display: flex; flex-wrap: wrap; gap: 2px 6px; }
.why textarea { display: block; width: 100%; margin: 8px 0; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 10px; background: var(--card); font-size: 14px; resize: vertical; }

/* composer */
.composer { position: relative; flex: none; width: 100%; max-width: 852px; margin: 0 auto; padding: 6px 16px max(8px, env(safe-area-inset-bottom)); }
.boxed { display: flex; align-items: flex-end; gap: 8px; padding: 7px 7px 7px 15px; border: 1px solid var(--edge); border-radius: 16px; background: var(--card); box-shadow: 0 2px 14px light-dark(rgb(20 30 50 / 8%), rgb(0 0 0 / 25%)); }
.boxed:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.writing { position: relative; flex: 1; min-width: 0; padding: 5px 0; }
.box, .mirror { font-size: 15.500px; line-height: 26px; letter-spacing: normal; white-space: pre-wrap; overflow-wrap: anywhere; }
.box { display: block; position: relative; width: 100%; height: 26px; max-height: 160px; padding: 0; border: 0; outline: 0; background: none; resize: none; overflow-y: auto; scrollbar-width: none; }
.mirror { position: absolute; inset: 5px 0; color: transparent; overflow: hidden; pointer-events: none; user-select: none; }
.mark { text-decoration: underline 2px; text-underline-offset: 5px; text-decoration-skip-ink: none; }
.mark.used { text-decoration-style: solid; text-decoration-color: light-dark(#2a8f63, #5fc79a); }
.mark.corrected { text-decoration-style: dashed; text-decoration-color: light-dark(#2a8f63, #5fc79a); }
.mark.ambiguous { text-decoration-style: dotted; text-decoration-color: light-dark(#a86a00, #e2ac4e); text-decoration-thickness: 3px; }
.mark.unread { text-decoration-style: double; text-decoration-color: var(--bad); text-decoration-thickness: 1.5px; text-underline-offset: 3px; }
.send { display: grid; place-items: center; flex: none; width: 36px; height: 36px; padding: 0; border: 0; border-radius: 11px; background: var(--accent); color: var(--on-accent); }
.send.stopping { background: var(--bad); color: var(--card); }
.send.stopping path { fill: currentcolor; }
.below { min-height: 22px; padding-top: 4px; }
.reading { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 4px 10px; font-size: 12.5px; color: var(--muted); }
.reading .unread { color: var(--bad); }
.reading .ambiguous { color: var(--warn); }
.suggestions { position: absolute; z-index: 5; inset-inline: 16px; bottom: calc(100% - 2px); max-height: 320px; overflow: auto; padding: 5px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); box-shadow: var(--lift); scrollbar-width: thin; }
.suggestions li { display: flex; align-items: baseline; gap: 10px; min-height: 34px; padding: 5px 10px; border-radius: 9px; cursor: pointer; }
.suggestions li:hover, .suggestions [aria-selected="true"] { background: var(--tint); }
.suggestions .kind { flex: none; min-width: 62px; font-size: 12px; color: var(--muted); }
.suggestions .kind.verified { color: var(--good); }
.suggestions .what { flex: none; max-width: 72%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.suggestions .about { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

/* board */
.board { width: 100%; }
.board-head { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: 10px; margin-bottom: 20px; }
.board-head h1 { font-size: 24px; }
.board-head .lead { margin-top: 2px; font-size: 14.5px; }
.flow.board { padding-inline: max(16px, calc((100% - 1280px) / 2)); }
.pins { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); align-items: start; gap: 16px; }
.pinned :is(.chips, .follow-ups, .assumptions, .kinds) { display: none; }
.pinned .title { font-size: 16px; font-weight: 650; color: var(--ink); }
.pinned .sentence { font-size: 15px; }
.pinned { position: relative; }
.unpin { position: absolute; z-index: 1; top: 8px; inset-inline-end: 8px; }
.pinned .head { padding-inline-end: 34px; }
.empty { display: flex; flex-direction: column; align-items: center; gap: 10px; padding: 56px 20px; border: 1px dashed var(--edge); border-radius: var(--round); color: var(--muted); text-align: center; }
.empty .icon { width: 28px; height: 28px; }

/* launcher */
.launcher { position: fixed; z-index: 2147483000; inset-block-end: max(20px, env(safe-area-inset-bottom)); inset-inline-end: 20px; display: inline-flex; align-items: center; gap: 9px; min-height: 48px; padding: 0 20px 0 16px; border: 0; border-radius: 24px; background: var(--accent); color: var(--on-accent); font-weight: 600; box-shadow: var(--lift); }
.sheet { position: fixed; z-index: 2147483001; inset-block-end: max(20px, env(safe-area-inset-bottom)); inset-inline-end: 20px; width: min(460px, calc(100vw - 40px)); height: min(720px, calc(100dvh - 40px)); border: 1px solid var(--line); border-radius: 18px; overflow: hidden; box-shadow: var(--lift); container-type: inline-size; }
.sheet .top { padding-inline-end: 56px; }
.shut { position: absolute; top: 11px; inset-inline-end: 12px; }

/* narrow */
.narrow .worded span, .narrow .hint { display: none; }
.narrow .worded { padding: 0 7px; }
.narrow .top { gap: 2px; padding-inline: max(8px, env(safe-area-inset-left)) max(8px, env(safe-area-inset-right)); }
.narrow .top select { max-width: 84px; padding: 0 2px; font-size: 13px; }
.narrow .top select.who { max-width: 72px; }
.narrow .flow { padding: 14px 12px 8px; }
.narrow .card { padding: 14px 14px 9px; }
.narrow .sentence { font-size: 16.5px; }
.narrow .composer { padding-inline: 12px; }
.narrow .suggestions { inset-inline: 12px; }
.narrow .below { min-height: 4px; padding-top: 3px; }
.narrow .shade { display: block; position: absolute; z-index: 7; inset: 0; background: rgb(10 15 25 / 45%); }
.narrow .side { position: absolute; z-index: 8; inset-block: 0; inset-inline-start: 0; width: min(300px, 86%); box-shadow: var(--lift); }
.narrow .side.catalog { inset-inline: auto 0; }
.narrow .pop:not(.menu) { position: fixed; z-index: 9; inset: auto 0 0; width: auto; max-width: none; max-height: 78%; border-radius: 16px 16px 0 0; padding: 12px 12px max(14px, env(safe-area-inset-bottom)); }
.narrow .filter-form { width: auto; }
.narrow .ends { gap: 6px; padding-inline: 2px; }
.narrow .ends .primary { padding: 0 12px; }
.narrow .presets { max-width: none; }
.narrow .slices li { grid-template-columns: auto 1fr auto; }
.narrow .slices .amount { display: none; }
.narrow .definition > div, .narrow .definition dl > div { flex-direction: column; gap: 0; }
.narrow .definition dt { width: auto; }
.narrow .numbers { gap: 6px 26px; }
.narrow .top select { flex: 0 1 auto; min-width: 44px; }
@container (max-width: 480px) { .chips:has(> .rest) > li:nth-child(n + 3):not(.rest) { display: none; } .chips > .rest { display: block; } }
@container (max-width: 430px) { .brand b { display: none; } }
@container (max-width: 380px) { .brand { display: none; } .narrow .top { gap: 0; padding-inline: max(4px, env(safe-area-inset-left)) max(4px, env(safe-area-inset-right)); } }
@media (pointer: coarse) { .tool, .quiet, .option, .chip .face, .tabs button, .buttons button:not(.tool), .check, .day { min-height: 44px; } .tool, .remove, .send { min-width: 44px; } .send { height: 44px; } }
@media (max-width: 560px) { .sheet { inset: var(--view-top, 0) 0 auto; width: auto; height: var(--view-height, 100dvh); border: 0; border-radius: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) { .key, .mark { forced-color-adjust: none; } .tabs button[aria-selected="true"]::after { background: Highlight; } .suggestions [aria-selected="true"], .quiet[aria-pressed="true"], [aria-selected="true"] > .day { outline: 2px solid Highlight; outline-offset: -2px; } .boxed, .card, .chip, .primary, .send { border: 1px solid; } .pulse { background: CanvasText; } }
@media print { :host, :host([full]) { top: 0; height: auto; } .frame { overflow: visible; height: auto; } .body, .main { display: block; } .flow { overflow: visible; } .top, .side, wenshu-composer, .foot, .follow-ups, .kinds, .remove, .chip.adds, .launcher, .unpin { display: none !important; } .card { break-inside: avoid; box-shadow: none; } .scroll { max-height: none; overflow: visible; } }
`;
