/** Style sheet of the report, in addition to the color variables of `createPaletteCss`. */
export const reportCss: string = `:root {
  --muted: color-mix(in srgb, var(--text) 72%, var(--ground));
  --line: color-mix(in srgb, var(--text) 18%, var(--ground));
  --panel: color-mix(in srgb, var(--text) 4%, var(--ground));
  color-scheme: light dark;
}
* { box-sizing: border-box; }
html {
  background: var(--ground);
  color: var(--text);
  font: 16px / 1.5 system-ui, sans-serif;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
header p { max-width: none; }
body { max-width: 84rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem; }
h1, h2, h3, h4 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; }
h2 { margin: 1.5rem 0 0.5rem; font-size: 1.4rem; }
h3 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
h4 { margin: 0; font-size: 0.95rem; }
p { max-width: 46rem; margin: 0.4rem 0; }
a { color: var(--series-1); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, th button:focus-visible {
  outline: 3px solid var(--series-2);
  outline-offset: 2px;
}
[hidden] { display: none !important; }
section { scroll-margin-top: 5.5rem; }
.bar {
  position: sticky;
  top: 0;
  z-index: 2;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.25rem 1.5rem;
  margin: 0.75rem 0 0;
  padding: 0.35rem 0;
  border-bottom: 1px solid var(--line);
  background: var(--ground);
}
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.9rem; font-size: 0.85rem; }
.controls label { color: var(--muted); }
.controls :is(input, select) {
  max-width: 11.5rem;
  padding: 0.25rem 0.4rem;
  border: 1px solid var(--muted);
  border-radius: 4px;
  background: var(--ground);
  color: var(--text);
  font: inherit;
}
.controls [role="status"] { color: var(--muted); }
.counts { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.75rem 0; padding: 0; list-style: none; }
.counts li { padding: 0.35rem 0.8rem; border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px; }
.counts b { font-size: 1.15rem; }
.counts .yes { border-left-color: var(--series-3); }
.counts .no { border-left-color: var(--series-2); }
.counts .open { border-left-color: var(--series-5); }
.rule { max-width: none; color: var(--muted); font-size: 0.85rem; }
.verdict { white-space: nowrap; font-weight: 600; }
.verdict.yes { color: var(--series-3); }
.verdict.no { color: var(--series-2); }
.verdict.open { color: var(--series-5); }
.interval { display: block; white-space: nowrap; font-variant-numeric: tabular-nums; }
.cards { columns: 2 34rem; column-gap: 1rem; margin: 0.75rem 0; }
.boards { columns: 3 24rem; column-gap: 0.75rem; margin: 0.75rem 0; }
.card { break-inside: avoid; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; }
:is(.cards, .boards) .card { margin: 0 0 0.75rem; }
.pair { white-space: nowrap; font-variant-numeric: tabular-nums; }
.card h3 { margin: 0; font-size: 1rem; }
.card p { margin: 0.1rem 0; color: var(--muted); font-size: 0.8rem; overflow-wrap: anywhere; }
.card .scroll { margin: 0.35rem 0; border: 0; border-radius: 0; }
.card caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.card table { font-size: 0.8rem; }
.card :is(th, td) { padding: 0.22rem 0.4rem; white-space: normal; }
.card th[scope="row"] { position: static; min-width: 0; max-width: none; overflow-wrap: anywhere; font-weight: 400; }
.card thead th { color: var(--muted); font-weight: 500; border-top: 0; }
.card > summary { color: inherit; }
.about { display: block; color: var(--muted); overflow-wrap: anywhere; }
.card > summary h3 { display: inline; }
.card summary { padding: 0.15rem 0; font-size: 0.8rem; }
.strip { display: block; width: 140px; height: 18px; }
.strip .users { stroke: var(--series-1); stroke-width: 1.2; }
.strip .seeds { stroke: var(--series-1); stroke-width: 6; stroke-opacity: 0.55; }
.strip .mean { fill: var(--text); }
.strip .rule { stroke: var(--text); stroke-dasharray: 2 2; stroke-opacity: 0.7; }
.key .strip { display: inline-block; vertical-align: middle; }
.is-baseline :is(td, th) { background: var(--panel) !important; }
.baseline { padding: 0 0.3rem; border: 1px solid var(--line); border-radius: 3px; font-size: 0.7rem; }
.details > summary { border-top: 2px solid var(--line); margin-top: 1rem; }
.details > summary h2 { display: inline-block; margin: 0; padding: 0.5rem 0; border: 0; color: var(--text); }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; }
th button { cursor: pointer; }
th[aria-sort="ascending"] button::after { content: " ▲"; }
th[aria-sort="descending"] button::after { content: " ▼"; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.2rem 0; font-size: 0.85rem; overflow-wrap: anywhere; }
code, pre { font: 0.875em / 1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; background: var(--panel); }
summary { padding: 0.3rem 0; color: var(--muted); cursor: pointer; }
/* A shadow at the side to which the table scrolls. */
.scroll {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--ground) 30%, transparent) left / 3rem 100% local,
    linear-gradient(to left, var(--ground) 30%, transparent) right / 3rem 100% local,
    linear-gradient(to right, var(--line), transparent) left / 0.8rem 100% scroll,
    linear-gradient(to left, var(--line), transparent) right / 0.8rem 100% scroll;
  background-repeat: no-repeat;
  margin: 0.75rem 0;
  border: 1px solid var(--line);
  border-radius: 6px;
}
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { color: var(--muted); text-align: left; }
caption span {
  position: sticky;
  left: 0;
  display: inline-block;
  max-width: calc(100vw - 3rem);
  padding: 0.6rem 0.65rem;
}
th, td {
  padding: 0.4rem 0.65rem;
  border-top: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  white-space: nowrap;
}
th[scope="row"] { position: sticky; left: 0; background: var(--ground); font-weight: 500; }
thead th { vertical-align: bottom; }
@media (min-width: 40rem) {
  wbr { display: none; }
}
@media (max-width: 40rem) {
  th[scope="row"] { min-width: 8.5rem; max-width: 8.5rem; white-space: normal; overflow-wrap: anywhere; }
}
td:has(.reason) { min-width: 16rem; white-space: normal; overflow-wrap: anywhere; }
td:has(.command) { min-width: 18rem; white-space: normal; }
.number { text-align: right; }
small { color: var(--muted); font-size: 0.8rem; }
.notes { max-width: 60rem; padding-left: 1.25rem; font-size: 0.875rem; }
.figures {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
  gap: 1.25rem;
  margin: 1rem 0;
}
figure {
  display: flex;
  flex-direction: column;
  gap: 0.5rem;
  margin: 0;
  padding: 0.75rem;
  border: 1px solid var(--line);
  border-radius: 6px;
}
/* A figure above the table of its numbers. */
.with-numbers { display: flex; flex-direction: column; min-width: 0; }
.with-numbers figure { flex: 1; }
.with-numbers summary { font-size: 0.85rem; overflow-wrap: anywhere; }
figure svg { margin-top: auto; }
strong { display: block; line-height: 1.25; }
figcaption strong { font-size: 0.95rem; overflow-wrap: anywhere; }
figcaption p { margin: 0.2rem 0 0; overflow-wrap: anywhere; color: var(--muted); font-size: 0.85rem; }
.missing { padding: 0.75rem 1rem; border-left: 3px solid var(--series-5); background: var(--panel); }
.lists {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
  gap: 1rem 1.5rem;
  font-size: 0.9rem;
}
.lists :is(ul, ol) { margin: 0.25rem 0 0; padding-left: 1.4rem; }
.user { margin-top: 1.5rem; }
@media (max-width: 40rem) {
  .bar { flex-wrap: nowrap; flex-direction: column; align-items: stretch; }
  nav ul { flex-wrap: nowrap; overflow-x: auto; }
  nav a { white-space: nowrap; }
  .claims thead { position: absolute; clip-path: inset(50%); }
  .claims tr { display: grid; grid-template-columns: auto 1fr; border-top: 1px solid var(--line); }
  .claims :is(th, td) { border: 0; padding: 0.1rem 0.4rem 0.1rem 0; text-align: left; }
  .claims :is(th, td:last-child) { grid-column: 1 / -1; max-width: none; }
  .claims td:nth-child(2)::before { content: "published "; color: var(--muted); }
  .claims td:nth-child(3)::before { content: "ours "; color: var(--muted); }
  .claims td:nth-child(4):not(:last-child)::before { content: "runs "; color: var(--muted); }
  .claims .interval { display: inline-block; margin-left: 0.6rem; }
}
@media print {
  .bar { display: none; }
  .scroll { overflow: visible; background: none; }
  figure { break-inside: avoid; }
}`;
