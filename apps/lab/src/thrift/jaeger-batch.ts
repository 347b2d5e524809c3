import type {
  JaegerKeyValue,
  JaegerLog,
  JaegerProcess,
  JaegerReference,
  JaegerSpan,
  JaegerTrace,
} from '@bootlab/trace-model';
import { FieldReader, ThriftError, ThriftReader, ThriftType } from './thrift-reader';

const { BOOL, DOUBLE, I32, I64, LIST, STRING, STRUCT } = ThriftType;
const CALL = 1;
const ONE_WAY = 4;
const VERSION_1 = 0x8001;

/** Which function reads which field: `[type, read]` by the field's number. */
type Fields = Readonly<Record<number, readonly [type: number, read: () => void]>>;

function reader(fields: Fields): FieldReader {
  return (id, type) => {
    const field = fields[id];
    if (field?.[0] !== type) return false;
    field[1]();
    return true;
  };
}

function hex(id: bigint): string {
  return BigInt.asUintN(64, id).toString(16).padStart(16, '0');
}

function safe(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Microseconds from 1970 on. */
function micros(value: bigint, what: string): number {
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ThriftError(`${what} is ${value} µs.`);
  return Number(value);
}

const VALUES = ['string', 'float64', 'bool', 'int64', 'binary'] as const;

function tag(from: ThriftReader): JaegerKeyValue {
  let key: string | undefined;
  let type: number | undefined;
  const values: Array<string | number | boolean> = ['', 0, false, 0, ''];
  from.struct(
    reader({
      1: [STRING, () => (key = from.text())],
      2: [I32, () => (type = from.i32())],
      3: [STRING, () => (values[0] = from.text())],
      4: [DOUBLE, () => (values[1] = finite(from.double()))],
      5: [BOOL, () => (values[2] = from.byte() !== 0)],
      6: [I64, () => (values[3] = safe(from.i64()))],
      7: [STRING, () => (values[4] = from.binary().toString('base64'))],
    }),
  );
  const name = VALUES[type ?? -1];
  if (key === undefined || name === undefined) throw new ThriftError('A tag has no key or no type.');
  return { key, type: name, value: values[type!]! };
}

/** JSON has neither NaN nor infinity. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function tags(from: ThriftReader): JaegerKeyValue[] {
  return from.list(STRUCT, () => tag(from));
}

function log(from: ThriftReader): JaegerLog {
  let timestamp: number | undefined;
  let fields: JaegerKeyValue[] = [];
  from.struct(
    reader({
      1: [I64, () => (timestamp = micros(from.i64(), 'The time of a log'))],
      2: [LIST, () => (fields = tags(from))],
    }),
  );
  if (timestamp === undefined) throw new ThriftError('A log has no time.');
  return { timestamp, fields };
}

function reference(from: ThriftReader): JaegerReference {
  let type: number | undefined;
  let high = 0n;
  let low = 0n;
  let span = 0n;
  from.struct(
    reader({
      1: [I32, () => (type = from.i32())],
      2: [I64, () => (low = from.i64())],
      3: [I64, () => (high = from.i64())],
      4: [I64, () => (span = from.i64())],
    }),
  );
  if (type === undefined || span === 0n) throw new ThriftError('A reference has no type or no span.');
  return { refType: type === 0 ? 'CHILD_OF' : 'FOLLOWS_FROM', traceID: hex(high) + hex(low), spanID: hex(span) };
}

function span(from: ThriftReader): JaegerSpan {
  const ids = { low: 0n, high: 0n, span: 0n, parent: 0n };
  const read = { operationName: '', startTime: -1, duration: 0 };
  let references: JaegerReference[] = [];
  let spanTags: JaegerKeyValue[] = [];
  let logs: JaegerLog[] = [];
  from.struct(
    reader({
      1: [I64, () => (ids.low = from.i64())],
      2: [I64, () => (ids.high = from.i64())],
      3: [I64, () => (ids.span = from.i64())],
      4: [I64, () => (ids.parent = from.i64())],
      5: [STRING, () => (read.operationName = from.text())],
      6: [LIST, () => (references = from.list(STRUCT, () => reference(from)))],
      8: [I64, () => (read.startTime = micros(from.i64(), 'The start of a span'))],
      9: [I64, () => (read.duration = micros(from.i64(), 'The duration of a span'))],
      10: [LIST, () => (spanTags = tags(from))],
      11: [LIST, () => (logs = from.list(STRUCT, () => log(from)))],
    }),
  );
  if (ids.span === 0n || (ids.low === 0n && ids.high === 0n) || read.startTime < 0) {
    throw new ThriftError('A span has no id, no trace id or no start.');
  }
  const traceID = hex(ids.high) + hex(ids.low);
  const parent = { refType: 'CHILD_OF' as const, traceID, spanID: hex(ids.parent) };
  const named = references.some(({ spanID, refType }) => refType === 'CHILD_OF' && spanID === parent.spanID);
  return {
    traceID,
    spanID: hex(ids.span),
    ...read,
    references: ids.parent === 0n || named ? references : [parent, ...references],
    tags: spanTags,
    logs,
    processID: 'p1',
    warnings: null,
  };
}

function processOf(from: ThriftReader): JaegerProcess {
  let serviceName: string | undefined;
  let processTags: JaegerKeyValue[] = [];
  from.struct(reader({ 1: [STRING, () => (serviceName = from.text())], 2: [LIST, () => (processTags = tags(from))] }));
  if (serviceName === undefined) throw new ThriftError('The process has no service name.');
  return { serviceName, tags: processTags };
}

function batch(from: ThriftReader): JaegerTrace {
  let process: JaegerProcess | undefined;
  let spans: JaegerSpan[] = [];
  from.struct(
    reader({
      1: [STRUCT, () => (process = processOf(from))],
      2: [LIST, () => (spans = from.list(STRUCT, () => span(from)))],
    }),
  );
  if (!process) throw new ThriftError('The batch has no process.');
  return { traceID: '', spans, processes: { p1: process }, warnings: null };
}

/** A `Batch` of Jaeger's Thrift model, as it comes by HTTP. @throws ThriftError in one sentence */
export function readBatch(bytes: Buffer): JaegerTrace {
  return batch(new ThriftReader(bytes));
}

/** The batch of the message `emitBatch`, as it comes by UDP. @throws ThriftError in one sentence */
export function readEmitBatch(bytes: Buffer): JaegerTrace {
  const from = new ThriftReader(bytes);
  if ((from.i16() & 0xffff) !== VERSION_1) throw new ThriftError("The message is not of Thrift's binary protocol.");
  const type = from.i16();
  const name = from.text();
  from.i32();
  if (name !== 'emitBatch' || (type !== CALL && type !== ONE_WAY)) {
    throw new ThriftError(`The message is a "${name}" of type ${type}, not a call of emitBatch.`);
  }
  let found: JaegerTrace | undefined;
  from.struct(reader({ 1: [STRUCT, () => (found = batch(from))] }));
  if (!found) throw new ThriftError('The message has no batch.');
  return found;
}
