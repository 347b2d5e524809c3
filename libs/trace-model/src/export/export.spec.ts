import { makeSpan, spanId } from '../testing/make-span';
import { toCsv } from './csv';
import { toDot } from './dot';
import { toMermaid } from './mermaid';

const root = makeSpan(1, undefined, { name: 'POST /v2.1/servers', kind: 'server', took: 9 });
const cast = makeSpan(2, 1, { name: 'cast conductor', kind: 'producer', took: 1 });
const consumer = makeSpan(3, 2, { name: 'schedule', kind: 'consumer', service: 'conductor', took: 4 });
const failed = makeSpan(4, 3, {
  name: 'say "no", and\nstop',
  service: 'conductor',
  status: { code: 'error', message: '=1+1' },
  links: [{ traceId: root.traceId, spanId: spanId(1), attributes: {} }],
});

/** Splits RFC 4180 as a reader of it would. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

describe('toCsv', () => {
  const [head = [], ...rows] = readCsv(toCsv([failed, consumer, cast, root]));
  const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);

  it('has a line for each span, a parent before its children', () => {
    expect(column('span_id')).toEqual([1, 2, 3, 4].map(spanId));
    expect(column('depth')).toEqual(['0', '1', '2', '3']);
    expect(column('parent_span_id')[0]).toBe('');
  });

  it('keeps quotes and line ends, and no cell is a formula', () => {
    expect(column('name')[3]).toBe('say "no", and\nstop');
    expect(column('message')[3]).toBe("'=1+1");
  });
});

describe('toDot', () => {
  const dot = toDot([root, cast, consumer, failed]);

  it('points from parents at children, dashed for a cast, and groups by service', () => {
    expect(dot).toContain(`"${spanId(1)}" -> "${spanId(2)}";`);
    expect(dot).toContain(`"${spanId(2)}" -> "${spanId(3)}" [style=dashed];`);
    expect(dot).toContain(`"${spanId(1)}" -> "${spanId(4)}" [style=dotted];`);
    expect(dot.match(/subgraph/g)).toHaveLength(2);
  });

  it('escapes names', () => {
    expect(dot).toContain('[label="say \\"no\\", and\\nstop\\n1.00 ms", color=red];');
    expect(toDot([makeSpan(1, undefined, { name: 'C:\\' })])).toContain('label="C:\\\\\\n1.00 ms"');
  });
});

describe('toMermaid', () => {
  it('draws who handed over to whom', () => {
    const lines = toMermaid([root, cast, consumer]).split('\n');
    expect(lines[0]).toBe('sequenceDiagram');
    expect(lines.filter((line) => line.includes('participant'))).toEqual([
      '  participant p1 as outside',
      '  participant p2 as compute-api',
      '  participant p3 as conductor',
    ]);
    expect(lines).toContain('  p2-)p3: cast conductor (1.00 ms)');
  });

  it('ends no statement early', () => {
    const odd = makeSpan(1, undefined, { name: 'GET /a;b#c\nend', kind: 'server' });
    expect(toMermaid([odd])).toContain(': GET /a#59;b#35;c end (1.00 ms)');
  });
});
