import { z } from 'zod';

const tags = z
  .array(z.looseObject({ key: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }))
  .nullish();
const reference = z.looseObject({ refType: z.string(), traceID: z.string(), spanID: z.string() });
const span = z.looseObject({
  traceID: z.string(),
  spanID: z.string(),
  operationName: z.string(),
  startTime: z.number().nonnegative(),
  duration: z.number().nonnegative(),
  references: z.array(reference).nullish(),
  tags,
  logs: z.array(z.looseObject({ timestamp: z.number().nonnegative(), fields: tags })).nullish(),
  processID: z.string().nullish(),
});
/** Jaeger's JSON of a trace as far as it is read, with what its writers may leave out. */
const trace = z.looseObject({
  spans: z.array(span),
  processes: z.record(z.string(), z.looseObject({ serviceName: z.string(), tags })).nullish(),
});

/** Where a document differs from Jaeger's JSON and how; undefined when it does not. */
export function jaegerComplaint(document: unknown): string | undefined {
  const shape = Array.isArray(document) ? z.array(trace) : hasData(document) ? dataShape(document) : trace;
  const [issue] = shape.safeParse(document).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const place = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${place.replace(/^\./, '') || 'it'}: ${issue.message}`;
}

function hasData(document: unknown): document is { data: unknown } {
  return typeof document === 'object' && document !== null && 'data' in document;
}

function dataShape({ data }: { data: unknown }) {
  return z.looseObject({ data: Array.isArray(data) ? z.array(trace) : trace });
}
