import { Level, levelOf } from './levels';
import { hopId } from './path';
import type { Span } from './span';
import { compareNano, nanoBetween } from './time';
import { buildTree, TreeNode, walk } from './tree';

export interface SequenceMessage {
  from: string;
  to: string;
  label: string;
  kind: 'http' | 'rpc-call' | 'cast' | 'reply';
  /** Nanoseconds after the trace's first start. */
  startNano: number;
  /** How long it took to be answered; of a cast, to be taken. A reply takes none. */
  durationNano: number;
  failed?: true;
  /** Nobody took it. */
  lost?: true;
  spanId: string;
}

/** Something that a service does by itself. */
export interface SequenceNote {
  over: string;
  text: string;
  startNano: number;
  failed?: true;
  spanId: string;
}

/** A trace as a sequence diagram. */
export interface Sequence {
  /** Services in the order in which they come up. */
  lifelines: string[];
  /** In the order of time. */
  messages: SequenceMessage[];
  notes: SequenceNote[];
}

/** Whoever is no part of the lab. */
export const OUTSIDE = 'outside';

const CALLS: readonly Span['kind'][] = ['client', 'producer'];
const TAKES: readonly Span['kind'][] = ['server', 'consumer'];

const isStatement = ({ attributes }: Span) => attributes['db.system.name'] !== undefined;
const failure = ({ status }: Span) => (status.code === 'error' ? ({ failed: true } as const) : {});

function kindOf({ kind, attributes }: Span): 'http' | 'rpc-call' | 'cast' {
  if (kind === 'producer' || kind === 'consumer') return 'cast';
  return attributes['rpc.system'] === undefined ? 'http' : 'rpc-call';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** How the other side answered. */
function answer({ attributes, status }: Span): string {
  const error = text(attributes['error.type']);
  return text(attributes['http.response.status_code']) ?? error ?? (status.code === 'error' ? 'error' : 'result');
}

function label(span: Span): string {
  return text(span.attributes['rpc.method']) ?? span.name;
}

/** What a service sent and to whom; undefined when it sent nothing, as a hop, or asked its database. */
function sent(node: TreeNode, at: (span: Span) => number): SequenceMessage[] {
  const { span } = node;
  if (!CALLS.includes(span.kind) || isStatement(span)) return [];
  const taker = node.children.find((child) => TAKES.includes(child.span.kind))?.span;
  const to = taker?.service ?? text(span.attributes['peer.service']) ?? OUTSIDE;
  const [kind, spanId, startNano] = [kindOf(span), span.spanId, at(span)];
  const durationNano = kind !== 'cast' ? span.durationNano : taker ? Math.max(0, at(taker) - startNano) : 0;
  const lost = taker === undefined && to !== OUTSIDE ? ({ lost: true } as const) : {};
  const call = {
    from: span.service,
    to,
    label: label(span),
    kind,
    startNano,
    durationNano,
    ...failure(span),
    ...lost,
    spanId,
  };
  return kind === 'cast' || 'lost' in lost ? [call] : [call, reply(call, span)];
}

function reply({ from, to, startNano, durationNano, spanId }: SequenceMessage, span: Span): SequenceMessage {
  const end = startNano + durationNano;
  return {
    from: to,
    to: from,
    label: answer(span),
    kind: 'reply',
    startNano: end,
    durationNano: 0,
    ...failure(span),
    spanId,
  };
}

/** A request whose sender left no span, as one that a browser made. */
function taken({ span, parent }: TreeNode, at: (span: Span) => number): SequenceMessage[] {
  if (!TAKES.includes(span.kind) || (parent !== undefined && CALLS.includes(parent.span.kind))) return [];
  const kind = kindOf(span);
  const { spanId, durationNano, service } = span;
  const call = {
    from: OUTSIDE,
    to: service,
    label: label(span),
    kind,
    startNano: at(span),
    durationNano,
    ...failure(span),
    spanId,
  };
  return kind === 'cast' ? [call] : [call, reply(call, span)];
}

/** At the level of the story a call among services that went well is left out: a boot makes a dozen to save its state. */
function told(message: SequenceMessage, ofCall: 'http' | 'rpc-call' | 'cast', level: Level): boolean {
  return level !== 'story' || ofCall !== 'rpc-call' || message.failed === true || message.lost === true;
}

function noteOf({ span, parent }: TreeNode, at: (span: Span) => number): SequenceNote[] {
  if (hopId(span.attributes) === undefined) return [];
  const faults = span.events.filter(({ name }) => name.startsWith('fault.')).map(({ name }) => name);
  if (levelOf(span, parent?.span) !== 'story' && faults.length === 0) return [];
  const error = text(span.attributes['error.type']);
  const failed = span.status.code === 'error' ? [`failed${error === undefined ? '' : ` with ${error}`}`] : [];
  const told = [span.name, ...failed, ...faults].join(', ');
  return [{ over: span.service, text: told, startNano: at(span), ...failure(span), spanId: span.spanId }];
}

/**
 * Who handed over to whom, and when: services as lifelines, requests, calls, casts and their replies as messages, the hops of the
 * story and faults as notes. Database statements are left out.
 */
export function sequenceOf(spans: readonly Span[], level: Level = 'path'): Sequence {
  const first = spans.map((span) => span.startTimeUnixNano).sort(compareNano)[0] ?? '0';
  const at = (span: Span) => nanoBetween(first, span.startTimeUnixNano);
  const messages: SequenceMessage[] = [];
  const notes: SequenceNote[] = [];
  for (const { node } of walk(buildTree(spans))) {
    const ofCall = kindOf(node.span);
    messages.push(...[...sent(node, at), ...taken(node, at)].filter((message) => told(message, ofCall, level)));
    notes.push(...noteOf(node, at));
  }
  messages.sort((a, b) => a.startNano - b.startNano);
  notes.sort((a, b) => a.startNano - b.startNano);
  const seen = [
    ...messages.flatMap(({ from, to, startNano }) => [from, to].map((service) => ({ service, startNano }))),
    ...notes.map(({ over, startNano }) => ({ service: over, startNano })),
  ].sort((a, b) => a.startNano - b.startNano);
  return { lifelines: [...new Set(seen.map(({ service }) => service))], messages, notes };
}
