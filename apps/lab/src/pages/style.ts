/** The look of the lab's pages, by day and by night, down to the width of a phone. */
export const style = `
:root { color-scheme: light dark; --text: #1f2430; --dim: #667085; --line: #e3e6ec; --back: #fff; --soft: #f5f6f9; --bad: #c0362c; --link: #1d5fbf; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8ee; --dim: #98a1b3; --line: #333a47; --back: #171a21; --soft: #20242d; --bad: #ff7b70; --link: #7db2ff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--back); }
header { padding: .6rem 1rem; border-bottom: 1px solid var(--line); font-weight: 600; }
header a { color: inherit; text-decoration: none; }
main { max-width: 1200px; margin: 0 auto; padding: 1rem; }
a { color: var(--link); }
h1 { font-size: 1.35rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
.facts, .empty { color: var(--dim); margin: 0 0 1rem; }
.bad { color: var(--bad); }
nav { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 1rem; }
nav a { padding: .25rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; color: inherit; }
nav a[aria-current] { background: var(--text); color: var(--back); border-color: var(--text); }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem; }
input, select, button { font: inherit; padding: .3rem .5rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--back); color: inherit; max-width: 100%; }
.traces { list-style: none; margin: 0; padding: 0; }
.traces li { border-top: 1px solid var(--line); }
.traces a { display: flex; flex-wrap: wrap; gap: .1rem .8rem; padding: .55rem .2rem; text-decoration: none; color: inherit; }
.traces a:hover, summary:hover { background: var(--soft); }
.traces b { flex: 1 1 14rem; overflow-wrap: anywhere; }
.traces span { color: var(--dim); }
.traces .bad { color: var(--bad); }
details { border-top: 1px solid var(--line); }
.sought { outline: 2px solid var(--link); background: var(--soft); }
.sought summary { scroll-margin: 30vh; outline: none; font-weight: 600; }
summary { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr) 5.2rem; gap: .6rem; align-items: center; padding: .2rem 0; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-left: 3px solid; padding-left: .4rem; }
.name small { color: var(--dim); }
.time { position: relative; height: .8rem; background: var(--soft); border-radius: .2rem; }
.time i { position: absolute; top: 0; bottom: 0; min-width: 2px; border-radius: .2rem; }
.took { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hop { padding: .3rem 0 .8rem 1rem; overflow-wrap: anywhere; }
.hop p { margin: .2rem 0; }
table { border-collapse: collapse; font-size: .9rem; }
td { padding: .1rem 1rem .1rem 0; vertical-align: top; font-family: ui-monospace, monospace; }
td:first-child { color: var(--dim); white-space: nowrap; }
@media (max-width: 40rem) {
  form > * { flex: 1 1 100%; }
  .traces b { flex-basis: 100%; }
  summary { grid-template-columns: minmax(0, 1fr) 5.2rem; }
  .time { grid-row: 2; grid-column: 1 / -1; height: .4rem; }
  td { display: block; padding: 0; } td:first-child { padding-top: .4rem; white-space: normal; }
}
`;
