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
body { max-width: 82rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem; }
h1, h2, h3, h4 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; }
h2 { margin: 3rem 0 0.75rem; padding-top: 0.75rem; border-top: 2px solid var(--line); font-size: 1.4rem; }
h3 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
h4 { margin: 0; font-size: 0.95rem; }
p { max-width: 46rem; margin: 0.4rem 0; }
a { color: var(--series-1); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid var(--series-2);
  outline-offset: 2px;
}
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.3rem 0; overflow-wrap: anywhere; }
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
@media print {
  .scroll { overflow: visible; }
  figure { break-inside: avoid; }
}`;
