/** Bytes of Thrift's binary protocol, for specs. */
const int = (size: 1 | 2 | 4, value: number) => {
  const bytes = Buffer.alloc(size);
  bytes.writeIntBE(value, 0, size);
  return bytes;
};
const i64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([int(4, Buffer.byteLength(value)), Buffer.from(value)]);
const field = (type: number, id: number, value: Buffer) => Buffer.concat([int(1, type), int(2, id), value]);
const struct = (...fields: Buffer[]) => Buffer.concat([...fields, Buffer.of(0)]);
const list = (...items: Buffer[]) => Buffer.concat([Buffer.of(12), int(4, items.length), ...items]);

export const wire = { int, i64, text, field, struct, list };

function tag(key: string, value: string): Buffer {
  return struct(field(11, 1, text(key)), field(8, 2, int(4, 0)), field(11, 3, text(value)));
}

/** A batch of one span. */
export function thriftBatch(id: number, { trace = 1, service = 'thrift', name = 'work' } = {}): Buffer {
  const span = struct(
    field(10, 1, i64(BigInt(trace))),
    field(10, 2, i64(0n)),
    field(10, 3, i64(BigInt(id))),
    field(10, 4, i64(0n)),
    field(11, 5, text(name)),
    field(8, 7, int(4, 1)),
    field(10, 8, i64(1_795_368_871_000_000n)),
    field(10, 9, i64(1500n)),
    field(15, 10, list(tag('span.kind', 'server'), tag('image.id', 'abc'))),
    field(15, 11, list(struct(field(10, 1, i64(1_795_368_871_000_001n)), field(15, 2, list(tag('event', 'began')))))),
  );
  return struct(field(12, 1, struct(field(11, 1, text(service)))), field(15, 2, list(span)));
}

/** The same as the message `emitBatch`. */
export function emitBatch(batch: Buffer): Buffer {
  return Buffer.concat([Buffer.from('80010004', 'hex'), text('emitBatch'), int(4, 0), struct(field(12, 1, batch))]);
}
