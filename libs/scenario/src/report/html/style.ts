/** The report's own style: light, dark, narrow, printed. */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --page: #fff; --box: #f6f8fa; --line: #d0d7de; --bad: #b3261e; --good: #1a6e35; --warn: #7d4e00; --link: #0b57b0;
  --s0: #0a6e8a; --s1: #8a3ea8; --s2: #1a7440; --s3: #8a5a00; --s4: #3457c9; --s5: #4a5568; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ee; --soft: #a3acb8; --page: #14171c; --box: #1d2229; --line: #3a424d; --bad: #ff8d85; --good: #6fd08c; --warn: #f0b75a; --link: #82b6ff;
    --s0: #5cc8e6; --s1: #d79bf0; --s2: #74d49a; --s3: #e8b65c; --s4: #9db4ff; --s5: #b4bfcc; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.25rem 3rem; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }
article > h2 { margin-top: 0; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p, ul { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
code, pre, .name { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .85em; }
article { border-top: 2px solid var(--line); margin-top: 2.5rem; padding-top: 1.5rem; }
.soft { color: var(--soft); }
.passed { color: var(--good); } .failed, .broken { color: var(--bad); } .skipped, .warn { color: var(--warn); }
.result { font-weight: 600; white-space: nowrap; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
th { background: var(--box); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.wide { min-width: 14rem; }
tr.error .name { color: var(--bad); }
.waterfall td { border: 0; padding: .08rem .6rem; white-space: nowrap; vertical-align: middle; }
.waterfall .name, .waterfall .message { padding-left: calc(.6rem + var(--depth, 0) * var(--indent, .8rem)); }
.waterfall tbody tr:nth-child(odd) { background: var(--box); }
.waterfall .bar { width: 34%; min-width: 9rem; }
.bar > i { display: block; height: .6rem; min-width: 2px; border-radius: 2px; background: currentColor; margin-left: var(--from); width: var(--long); }
.bad, tr.error .bar > i { color: var(--bad); }
.message { color: var(--bad); white-space: normal !important; }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
details { margin: .75rem 0; }
summary { cursor: pointer; font-weight: 600; padding: .25rem 0; }
.assertions { list-style: none; padding: 0; max-width: none; }
.assertions > li { padding: .25rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; margin: .4rem 0 .4rem 1.25rem; }
dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; }
pre { margin: 0; padding: .75rem; width: max-content; min-width: 100%; background: var(--box); line-height: 1.3; }
.about pre { width: auto; overflow-x: auto; }
.assertions .scroll { margin: .4rem 0 .6rem 1.25rem; }
.about { margin: .75rem 0; }
svg { display: block; font: 11px system-ui, "Segoe UI", Roboto, sans-serif; color: var(--text); }
svg text { fill: currentColor; }
svg .life { stroke: var(--line); } svg .box { fill: var(--box); stroke: var(--line); }
svg .arrow { stroke: currentColor; fill: none; stroke-width: 1.3; } svg .tip { fill: currentColor; }
svg .reply .arrow { stroke-dasharray: 4 3; } svg .reply { color: var(--soft); } svg .bad { color: var(--bad); }
@media (max-width: 40rem) {
  body { padding: .75rem .75rem 2rem; }
  table { font-size: .8rem; } th, td { padding: .25rem .4rem; } td.wide { min-width: 9rem; }
  .waterfall { --indent: .3rem; } .waterfall .bar { min-width: 5rem; }
  .assertions .scroll { margin-left: 0; }
  dl { grid-template-columns: 1fr; gap: 0; margin-left: 0; } dd { margin-bottom: .35rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  article { break-before: page; border-top: 0; margin-top: 0; padding-top: 0; }
  .scroll { overflow: visible; border: 0; }
  h2, h3, h4, summary { break-after: avoid; } tr, li, svg { break-inside: avoid; }
  table { font-size: 8pt; } .waterfall td { padding: 0 .4rem; } .waterfall .bar { min-width: 5rem; }
  svg { max-width: 100%; height: auto; } pre { width: auto; white-space: pre-wrap; font-size: 6.5pt; } .assertions .scroll { margin-left: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media print and (prefers-color-scheme: dark) { :root { --text: #000; --soft: #444; --page: #fff; --box: #f4f4f4; --line: #bbb; --bad: #b3261e; --good: #1a6e35; --warn: #7d4e00; --link: #0b57b0;
  --s0: #0a6e8a; --s1: #8a3ea8; --s2: #1a7440; --s3: #8a5a00; --s4: #3457c9; --s5: #4a5568; } }
`;
