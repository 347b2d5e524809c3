import type { FastifyRequest } from 'fastify';

/** A request whose body nothing has read: `request.raw` streams it. */
export type GlanceRequest = FastifyRequest & { deserialized?: unknown };

/** An answer, ready to be sent. */
export interface WireResponse {
  status: number;
  headers: Record<string, string | number>;
  body?: string | AsyncIterable<Buffer>;
}

export type Deserializer = (request: GlanceRequest) => unknown;
export type Serializer = (result: never, request: GlanceRequest) => WireResponse;
