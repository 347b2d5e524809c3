import { goBoolean } from './go-boolean';
import { Attributes, goText, Span, SpanKind } from '@bootlab/trace-model';

/** What one span must have, all of it. Times are microseconds of Unix time, durations microseconds. */
export interface SpanQuery {
  service?: string;
  operation?: string;
  /** What is none of the kinds matches no span. */
  kind?: SpanKind | 'none';
  error?: boolean;
  status?: Span['status']['code'];
  scopeName?: string;
  scopeVersion?: string;
  minMicros?: number;
  maxMicros?: number;
  fromMicros?: number;
  toMicros?: number;
  /** Attributes of the span, its scope, its resource, its events or its links; `resource.KEY` of the resource alone. */
  tags: ReadonlyMap<string, string>;
}

const KINDS = ['internal', 'server', 'client', 'producer', 'consumer'];

/**
 * Jaeger's search gives some keys a meaning of their own: `error`, `span.kind`, `span.status`, `scope.name` and
 * `scope.version`. They are no attributes.
 */
export function queryOfTags(all: Readonly<Record<string, string>>): SpanQuery {
  const {
    error,
    'span.kind': kind,
    'span.status': status,
    'scope.name': scopeName,
    'scope.version': scopeVersion,
    ...tags
  } = all;
  return {
    ...(kind === undefined ? {} : { kind: kindOf(kind) }),
    ...(error === undefined ? {} : errorOf(error)),
    ...(status === undefined ? {} : { status: statusOf(status) }),
    ...(scopeName === undefined ? {} : { scopeName }),
    ...(scopeVersion === undefined ? {} : { scopeVersion }),
    tags: new Map(Object.entries(tags)),
  };
}

function errorOf(text: string): Pick<SpanQuery, 'error' | 'kind'> {
  const value = goBoolean(text);
  return value === undefined ? { kind: 'none' } : { error: value };
}

function kindOf(text: string): SpanKind | 'none' {
  const kind = text.toLowerCase();
  return KINDS.includes(kind) ? (kind as SpanKind) : 'none';
}

function statusOf(text: string): Span['status']['code'] {
  const status = text.toLowerCase();
  return status === 'ok' || status === 'error' ? status : 'unset';
}

/** Whether the spans themselves must be read, because the columns of their rows do not tell. */
export function needsSpans({ tags, status, scopeName, scopeVersion }: SpanQuery): boolean {
  return tags.size > 0 || status !== undefined || scopeName !== undefined || scopeVersion !== undefined;
}

/** Whether a span whose columns match has the rest too. */
export function spanMatches(span: Span, { tags, status, scopeName, scopeVersion }: SpanQuery): boolean {
  if (status !== undefined && span.status.code !== status) return false;
  if (scopeName !== undefined && span.scope.name !== scopeName) return false;
  if (scopeVersion !== undefined && (span.scope.version ?? '') !== scopeVersion) return false;
  for (const [key, value] of tags) if (!hasTag(span, key, value)) return false;
  return true;
}

function has(attributes: Attributes, key: string, value: string): boolean {
  return Object.hasOwn(attributes, key) && goText(attributes[key]!) === value;
}

function hasTag({ attributes, scope, resource, events, links }: Span, key: string, value: string): boolean {
  if (key.startsWith('resource.')) return has(resource, key.slice('resource.'.length), value);
  return [
    attributes,
    scope.attributes ?? {},
    resource,
    ...events.map((event) => event.attributes),
    ...links.map((link) => link.attributes),
  ].some((some) => has(some, key, value));
}
