import { HttpException } from '@nestjs/common';
import fc from 'fast-check';
import { Root } from 'protobufjs/light';
import { otlpRequest } from '../testing/otlp-request';
import { otlpTraceDescriptor } from './otlp-descriptor';
import { JSON_TYPE, PROTOBUF_TYPE, readTraceRequest } from './read-request';

const request = otlpRequest({ trace: 1, id: 1, attributes: { a: 'b' } }, { trace: 1, id: 2, parent: 1, error: 'boom' });

function protobuf(): Buffer {
  const type = Root.fromJSON(otlpTraceDescriptor).lookupType('ExportTraceServiceRequest');
  const bytes = structuredClone(request) as { resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[] };
  for (const { scopeSpans } of bytes.resourceSpans) {
    for (const span of scopeSpans[0]!.spans) {
      for (const id of ['traceId', 'spanId', 'parentSpanId']) span[id] = Buffer.from(span[id] as string, 'hex');
    }
  }
  return Buffer.from(type.encode(type.fromObject(bytes)).finish());
}

/** Reads, or refuses with 400; nothing else. */
async function orRefused(bytes: Buffer, type: string): Promise<void> {
  try {
    await readTraceRequest(bytes, type);
  } catch (error) {
    expect(error).toBeInstanceOf(HttpException);
    expect((error as HttpException).getStatus()).toBe(400);
  }
}

describe.each([
  [JSON_TYPE, Buffer.from(JSON.stringify(request))],
  [PROTOBUF_TYPE, protobuf()],
])('%s', (type, real) => {
  it('is a request that can be read', async () => {
    expect(await readTraceRequest(real, type)).toHaveLength(2);
  });

  it('is read or refused when bytes flip or are missing', async () => {
    const flip = fc.tuple(fc.nat(real.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { maxLength: 4 }), fc.nat(real.length), async (flips, length) => {
        const bytes = Buffer.from(real);
        for (const [at, byte] of flips) bytes[at] = byte;
        await orRefused(bytes, type);
        await orRefused(bytes.subarray(0, length), type);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read or refused, whatever it is', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((list) => Buffer.from(list));
    await fc.assert(
      fc.asyncProperty(bytes, (any) => orRefused(any, type)),
      { numRuns: 2000 },
    );
  });
});

describe('nesting', () => {
  const nested = (depth: number) => {
    const value = `${'{"arrayValue":{"values":['.repeat(depth)}{}${']}}'.repeat(depth)}`;
    const span = `{"traceId":"${'1'.repeat(32)}","spanId":"${'1'.repeat(16)}","attributes":[{"key":"a","value":${value}}]}`;
    return Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`);
  };

  it('is refused when it is too deep, however deep', async () => {
    await readTraceRequest(nested(30), JSON_TYPE);
    for (const depth of [33, 5000, 200_000]) {
      await expect(readTraceRequest(nested(depth), JSON_TYPE)).rejects.toMatchObject({ status: 400 });
    }
  });

  it('is refused in protobuf too', async () => {
    // AnyValue.arrayValue (5) → ArrayValue.values (1), over and over, below an attribute of a resource.
    let value = Buffer.alloc(0);
    const wrap = (tag: number, bytes: Buffer) => {
      const length: number[] = [];
      for (let left = bytes.length; ; left >>>= 7) {
        length.push(left > 127 ? (left & 127) | 128 : left);
        if (left < 128) break;
      }
      return Buffer.concat([Buffer.of(tag, ...length), bytes]);
    };
    for (let depth = 0; depth < 5000; depth++) value = wrap(0x2a, wrap(0x0a, value));
    const body = wrap(0x0a, wrap(0x0a, wrap(0x0a, wrap(0x12, value))));
    await expect(readTraceRequest(body, PROTOBUF_TYPE)).rejects.toMatchObject({ status: 400 });
  });
});
