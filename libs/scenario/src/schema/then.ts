import { z } from 'zod';
import { duration, exactlyOne, headerName, hop, httpStatus, scalar, text, times } from './values';

export const stateKeys = ['server', 'image', 'http', 'bytes_equal', 'listed'] as const;
export const traceKeys = [
  'path',
  'present',
  'absent',
  'count',
  'edge',
  'order',
  'duration',
  'service_edges',
  'errors',
  'complete',
  'shape',
] as const;

/** Which spans are meant: a hop, or any span by name, and what it must have. */
const spanMatch = z.strictObject({
  hop: hop.optional(),
  span: z.string().optional().meta({ description: 'Name of a span that is no hop, e.g. GET or cast conductor.' }),
  service: z.string().optional(),
  failed: z.boolean().optional(),
  error: z.string().optional().meta({ description: 'Name of the exception (error.type).' }),
  decision: z.enum(['handled', 'passed', 'failed']).optional(),
  attributes: z.record(z.string(), scalar).optional().meta({ description: 'Of the span, or of its process, e.g. host.name.' }), // prettier-ignore
  event: z.string().optional().meta({ description: 'Name of an event on it, e.g. fault.fired.' }),
});
const spanOrHop = z.union([hop, spanMatch]);

export const assertion = exactlyOne(
  z.strictObject({
    of: z.string().optional().meta({ description: 'The step whose trace is meant; the first that left one when left out.' }), // prettier-ignore
    why: z.string().optional().meta({ description: 'What it shows, for the report.' }),
    server: z.strictObject({ of: z.string().optional(), status: z.string().optional(), task_state: z.union([z.string(), z.null()]).optional(), fault: z.strictObject({ code: httpStatus.optional(), message: text.optional() }).optional() }).optional(), // prettier-ignore
    image: z.strictObject({ of: z.string(), status: z.string().optional(), size: z.int().min(0).optional(), properties: z.record(z.string(), z.union([scalar, z.null()])).optional() }).optional(), // prettier-ignore
    http: z.strictObject({ of: z.string().optional(), status: httpStatus.optional(), message: text.optional(), headers: z.record(headerName, z.union([text, z.null()])).optional() }).optional(), // prettier-ignore
    bytes_equal: z.strictObject({ of: z.string().optional().meta({ description: 'A boot or a download.' }), image: z.string() }).optional().meta({ description: 'The bytes that arrived (in _base, or downloaded) are those of the image.' }), // prettier-ignore
    listed: z.strictObject({ of: z.string().optional(), names: z.array(z.string()) }).optional(),
    path: z.union([z.array(hop).min(1), z.strictObject({ hops: z.array(hop).min(1), order: z.enum(['ancestor', 'time']).default('ancestor') })]).optional(), // prettier-ignore
    present: spanOrHop.optional(),
    absent: spanOrHop.optional(),
    count: z.strictObject({ of: spanOrHop, is: times }).optional(),
    edge: z.strictObject({ parent: spanOrHop, child: spanOrHop, direct: z.boolean().default(false) }).optional(),
    order: z.array(spanOrHop).min(2).optional(),
    duration: z.strictObject({ of: spanOrHop, to: spanOrHop.optional().meta({ description: 'From the start of the first to the start of this one.' }), at_least: duration.optional(), at_most: duration.optional() }).optional(), // prettier-ignore
    service_edges: z.strictObject({ include: z.array(z.string()).optional(), exactly: z.array(z.string()).optional() }).optional().meta({ description: 'Hand-overs between services, e.g. compute-api > glance-api.' }), // prettier-ignore
    errors: z.array(hop).optional().meta({ description: 'Exactly these hops failed.' }),
    complete: z.union([z.boolean(), z.strictObject({ missing: text })]).optional(),
    shape: z.union([z.literal(true), z.string().regex(/^[\w.-]+$/, 'Name a file of traces/, without a folder.')]).optional().meta({ description: 'As the reference trace in traces/: of this scenario and step, or of another file there.' }), // prettier-ignore
  }),
  [...stateKeys, ...traceKeys],
  'An assertion',
);
