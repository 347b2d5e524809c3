import type { RequestContext } from '@bootlab/openstack';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request on its way through the pipeline. */
export interface NovaRequest extends FastifyRequest {
  /** This service's own `req-<uuid>`. */
  requestId: string;
  /** Who asks; set once the pipeline knows. */
  novaContext?: RequestContext;
}

export type NovaReply = FastifyReply;
