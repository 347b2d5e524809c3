import type { INamespace } from 'protobufjs';

type Fields = Record<string, { id: number; type: string; rule?: 'repeated' }>;

/** `{ name: [number, type] }`; a type in brackets is repeated. */
function message(fields: Record<string, readonly [number, string]>, oneof?: string[]) {
  const entries = Object.entries(fields).map(([name, [id, type]]) => {
    const repeated = /^\[(\w+)\]$/.exec(type)?.[1];
    return [name, repeated === undefined ? { id, type } : { id, type: repeated, rule: 'repeated' as const }];
  });
  return { fields: Object.fromEntries(entries) as Fields, ...(oneof ? { oneofs: { value: { oneof } } } : {}) };
}

const anyValue = {
  stringValue: [1, 'string'],
  boolValue: [2, 'bool'],
  intValue: [3, 'int64'],
  doubleValue: [4, 'double'],
  arrayValue: [5, 'ArrayValue'],
  kvlistValue: [6, 'KeyValueList'],
  bytesValue: [7, 'bytes'],
} as const;

/** The messages of OTLP's trace request, as far as the lab reads them; protobuf skips the fields that are not here. */
export const otlpTraceDescriptor: INamespace = {
  nested: {
    ExportTraceServiceRequest: message({ resourceSpans: [1, '[ResourceSpans]'] }),
    ResourceSpans: message({ resource: [1, 'Resource'], scopeSpans: [2, '[ScopeSpans]'] }),
    Resource: message({ attributes: [1, '[KeyValue]'] }),
    ScopeSpans: message({ scope: [1, 'InstrumentationScope'], spans: [2, '[Span]'] }),
    InstrumentationScope: message({ name: [1, 'string'], version: [2, 'string'], attributes: [3, '[KeyValue]'] }),
    Span: message({
      traceId: [1, 'bytes'],
      spanId: [2, 'bytes'],
      traceState: [3, 'string'],
      parentSpanId: [4, 'bytes'],
      name: [5, 'string'],
      kind: [6, 'int32'],
      startTimeUnixNano: [7, 'fixed64'],
      endTimeUnixNano: [8, 'fixed64'],
      attributes: [9, '[KeyValue]'],
      events: [11, '[Event]'],
      links: [13, '[Link]'],
      status: [15, 'Status'],
    }),
    Event: message({ timeUnixNano: [1, 'fixed64'], name: [2, 'string'], attributes: [3, '[KeyValue]'] }),
    Link: message({
      traceId: [1, 'bytes'],
      spanId: [2, 'bytes'],
      traceState: [3, 'string'],
      attributes: [4, '[KeyValue]'],
    }),
    Status: message({ message: [2, 'string'], code: [3, 'int32'] }),
    KeyValue: message({ key: [1, 'string'], value: [2, 'AnyValue'] }),
    AnyValue: message(anyValue, Object.keys(anyValue)),
    ArrayValue: message({ values: [1, '[AnyValue]'] }),
    KeyValueList: message({ values: [1, '[KeyValue]'] }),
  },
};
