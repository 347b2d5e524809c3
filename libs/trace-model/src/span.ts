export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** An attribute's value. A 64-bit integer beyond ±(2^53-1) is its decimal text; bytes are base64 text. */
export type AttributeValue =
  string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * The types of those attributes whose values do not tell them: a double that is whole or no number at all, an integer that is
 * text because it is long, and bytes.
 */
export type HiddenTypes = Readonly<Record<string, 'double' | 'int' | 'bytes'>>;

/** A nanosecond of Unix time as decimal text, because neither JSON nor a JavaScript number holds it exactly. */
export type UnixNano = string;

export interface SpanEvent {
  name: string;
  timeUnixNano: UnixNano;
  attributes: Attributes;
  attributeTypes?: HiddenTypes;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  attributes: Attributes;
  attributeTypes?: HiddenTypes;
  traceState?: string;
}

export interface SpanStatus {
  code: 'unset' | 'ok' | 'error';
  message?: string;
}

/** The instrumentation that made the span. */
export interface Scope {
  name: string;
  version?: string;
  attributes?: Attributes;
}

/** One finished span, as plain JSON. */
export interface Span {
  /** 32 hex digits, lower case. */
  traceId: string;
  /** 16 hex digits, lower case. */
  spanId: string;
  /** Absent on a trace's root. */
  parentSpanId?: string;
  name: string;
  kind: SpanKind;
  /** `service.name` of its resource. */
  service: string;
  startTimeUnixNano: UnixNano;
  durationNano: number;
  attributes: Attributes;
  attributeTypes?: HiddenTypes;
  events: readonly SpanEvent[];
  links: readonly SpanLink[];
  status: SpanStatus;
  /** What the process says of itself, without `service.name`. */
  resource: Attributes;
  resourceTypes?: HiddenTypes;
  scope: Scope;
  traceState?: string;
}
