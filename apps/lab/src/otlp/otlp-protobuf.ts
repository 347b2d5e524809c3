import type { Type } from 'protobufjs';
import { otlpTraceDescriptor } from './otlp-descriptor';

let requestType: Promise<Type> | undefined;

/** Most senders speak JSON, so the protobuf reader is loaded with the first one that does not. */
async function loadRequestType(): Promise<Type> {
  const { Root } = await import('protobufjs/light');
  return Root.fromJSON(otlpTraceDescriptor).lookupType('ExportTraceServiceRequest');
}

/** An OTLP trace request as plain objects: 64-bit numbers are text, ids are bytes. @throws Error when it is malformed */
export async function decodeTraceRequest(body: Buffer): Promise<unknown> {
  requestType ??= loadRequestType();
  const type = await requestType;
  return type.toObject(type.decode(body), { longs: String });
}
