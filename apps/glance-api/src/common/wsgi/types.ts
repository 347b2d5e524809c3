import type { FastifyRequest } from 'fastify';

/** A request whose body nothing has read: `request.raw` streams it. */
export type GlanceRequest = FastifyRequest & { deserialized?: unknown };

/** An answer, ready to be sent. */
export interface WireResponse {
  status: number;
  headers: Record<string, string | number>;
  body?: string | AsyncIterable<Buffer>;
}

/** Turns a request into what an action works on; one object, found by its class. */
export interface Deserializer {
  deserialize(request: GlanceRequest): unknown;
}

export type Serializer = (result: never, request: GlanceRequest) => WireResponse;
