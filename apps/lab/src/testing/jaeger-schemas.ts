import { z } from 'zod';

/* What Jaeger's page holds answers against, and what of the rest it needs. */

export const count = z.number().int().min(0);
const decimal = z.string().regex(/^\d+$/);
export const v3 = {
  services: z.strictObject({ services: z.array(z.string()) }),
  operations: z.strictObject({ operations: z.array(z.strictObject({ name: z.string(), spanKind: z.string() })) }),
  summaries: z.strictObject({
    summaries: z.array(
      z.strictObject({
        traceId: z.string().regex(/^[0-9a-f]{32}$/),
        rootServiceName: z.string(),
        rootOperationName: z.string(),
        minStartTimeUnixNano: decimal,
        maxEndTimeUnixNano: decimal,
        spanCount: count,
        errorSpanCount: count,
        orphanSpanCount: count,
        services: z.array(z.strictObject({ name: z.string(), spanCount: count, errorSpanCount: count })),
      }),
    ),
  }),
  error: z.strictObject({ error: z.strictObject({ httpCode: z.number(), message: z.string().min(1) }) }),
};
const keyValue = z.strictObject({
  key: z.string(),
  type: z.enum(['string', 'bool', 'int64', 'float64', 'binary']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
export const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
export const trace = z.strictObject({
  traceID: hex(32),
  processes: z.record(z.string(), z.strictObject({ serviceName: z.string(), tags: z.array(keyValue) })),
  warnings: z.null(),
  spans: z.array(
    z.strictObject({
      traceID: hex(32),
      spanID: hex(16),
      operationName: z.string(),
      references: z.array(
        z.strictObject({ refType: z.enum(['CHILD_OF', 'FOLLOWS_FROM']), traceID: hex(32), spanID: hex(16) }),
      ),
      startTime: count,
      duration: count,
      tags: z.array(keyValue),
      logs: z.array(z.strictObject({ timestamp: count, fields: z.array(keyValue) })),
      processID: z.string(),
      warnings: z.array(z.string()).nullable(),
    }),
  ),
});
const error = z.strictObject({ code: z.number().optional(), msg: z.string().min(1), traceID: hex(32).optional() });
export const structured = (data: z.ZodType) =>
  z.strictObject({ data, total: count, limit: count, offset: count, errors: z.array(error).nullable() });
export const metrics = z.strictObject({
  name: z.string(),
  type: z.literal('GAUGE'),
  help: z.string(),
  metrics: z.array(
    z.strictObject({
      labels: z.array(z.strictObject({ name: z.string(), value: z.string() })).min(1),
      metricPoints: z.array(
        z.strictObject({ gaugeValue: z.strictObject({ doubleValue: z.number() }), timestamp: z.iso.datetime() }),
      ),
    }),
  ),
});
export const dependencies = z.strictObject({
  dependencies: z.array(
    z.strictObject({
      path: z.array(z.strictObject({ service: z.string(), operation: z.string() })),
      attributes: z.array(z.strictObject({ key: z.literal('exemplar_trace_id'), value: hex(32) })),
    }),
  ),
});
