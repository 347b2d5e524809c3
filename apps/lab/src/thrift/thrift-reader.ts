/** What came in is no Thrift: one sentence. */
export class ThriftError extends Error {
  override readonly name = 'ThriftError';
}

/** Types of Thrift's binary protocol. */
export const ThriftType = {
  STOP: 0,
  BOOL: 2,
  BYTE: 3,
  DOUBLE: 4,
  I16: 6,
  I32: 8,
  I64: 10,
  STRING: 11,
  STRUCT: 12,
  MAP: 13,
  SET: 14,
  LIST: 15,
} as const;

const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 1, 4: 8, 6: 2, 8: 4, 10: 8 };
const DEEPEST = 16;

/** Called for each field; reads its value and tells so, or leaves it to be skipped. */
export type FieldReader = (id: number, type: number) => boolean;

/**
 * Reads Thrift's binary protocol. Nothing is made for what has not arrived: a length or a count that says more than the bytes
 * that are left hold is an error, and so is deeper nesting than any message of Jaeger has.
 */
export class ThriftReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  byte(): number {
    return this.bytes[this.#take(1)]!;
  }

  i16(): number {
    return this.bytes.readInt16BE(this.#take(2));
  }

  i32(): number {
    return this.bytes.readInt32BE(this.#take(4));
  }

  i64(): bigint {
    return this.bytes.readBigInt64BE(this.#take(8));
  }

  double(): number {
    return this.bytes.readDoubleBE(this.#take(8));
  }

  binary(): Buffer {
    const length = this.i32();
    if (length < 0) throw new ThriftError(`A text has the length ${length}.`);
    const start = this.#take(length);
    return this.bytes.subarray(start, start + length);
  }

  text(): string {
    return this.binary().toString('utf8');
  }

  struct(field: FieldReader): void {
    if (++this.#depth > DEEPEST) throw new ThriftError(`The message is nested more than ${DEEPEST} levels deep.`);
    for (let type = this.byte(); type !== ThriftType.STOP; type = this.byte()) {
      if (!field(this.i16(), type)) this.skip(type);
    }
    this.#depth--;
  }

  /** @throws ThriftError also when the list is of something else */
  list<T>(type: number, item: () => T): T[] {
    const actual = this.byte();
    const count = this.#count(1);
    if (count > 0 && actual !== type) throw new ThriftError(`A list of type ${type} is one of type ${actual}.`);
    return Array.from({ length: count }, item);
  }

  skip(type: number): void {
    const size = SIZES[type];
    if (size !== undefined) this.#take(size);
    else if (type === ThriftType.STRING) this.binary();
    else if (type === ThriftType.STRUCT) this.struct(() => false);
    else if (type === ThriftType.LIST || type === ThriftType.SET) this.#skipItems([this.byte()]);
    else if (type === ThriftType.MAP) this.#skipItems([this.byte(), this.byte()]);
    else throw new ThriftError(`There is no type ${type}.`);
  }

  #skipItems(types: readonly number[]): void {
    if (++this.#depth > DEEPEST) throw new ThriftError(`The message is nested more than ${DEEPEST} levels deep.`);
    const count = this.#count(types.length);
    for (let index = 0; index < count; index++) for (const type of types) this.skip(type);
    this.#depth--;
  }

  /** How many items follow, each at least `least` bytes long. */
  #count(least: number): number {
    const count = this.i32();
    if (count < 0 || count * least > this.left) throw new ThriftError(`A list says that it has ${count} items.`);
    return count;
  }

  #take(size: number): number {
    if (size > this.left) throw new ThriftError('The message ends in the middle of a value.');
    const start = this.#at;
    this.#at += size;
    return start;
  }
}
