import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import type { TraceView } from '../trace-view';

const TAKER = { client: 'server', producer: 'consumer' } as const;

/** `a > b` for each request and message that was taken. */
export function serviceEdges({ nodes }: TraceView): string[] {
  const edges = nodes.flatMap(({ span, children }) => {
    const taker = TAKER[span.kind as keyof typeof TAKER] as string | undefined;
    return children
      .filter((child) => child.span.kind === taker)
      .map((child) => `${span.service} > ${child.span.service}`);
  });
  return [...new Set(edges)];
}

function normal(edge: string): string {
  return edge
    .split('>')
    .map((service) => service.trim())
    .join(' > ');
}

export function checkServiceEdges(wanted: NonNullable<Assertion['service_edges']>, view: TraceView): Finding {
  const edges = serviceEdges(view);
  const asked = [...new Set([...(wanted.include ?? []), ...(wanted.exactly ?? [])].map(normal))];
  const exactly = wanted.exactly?.map(normal);
  const missing = asked.filter((edge) => !edges.includes(edge));
  const extra = exactly === undefined ? [] : edges.filter((edge) => !exactly.includes(edge));
  const text = `hand-overs ${exactly === undefined ? 'include' : 'are exactly'} ${asked.join(', ') || 'none'}`;
  const found = [
    missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
    extra.length === 0 ? '' : `not expected: ${extra.join(', ')}`,
    `the trace has ${edges.join(', ') || 'none'}`,
  ];
  return {
    text,
    ok: missing.length === 0 && extra.length === 0,
    expected: text,
    found: found.filter((part) => part !== '').join('; '),
    around: view.nodes.find(({ span, children }) =>
      children.some((child) => extra.includes(`${span.service} > ${child.span.service}`)),
    ),
  };
}
