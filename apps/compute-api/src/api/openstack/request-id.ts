import { generateRequestId } from '@bootlab/openstack';
import type { FastifyInstance } from 'fastify';
import type { NovaRequest } from './request';

/**
 * Gives every request its id, and tells it in the answer whatever becomes of the request.
 * Plays the filter `compute_req_id` (`oslo_middleware.request_id`).
 */
export function addRequestIds(fastify: FastifyInstance): void {
  fastify.decorateRequest('requestId', '');
  fastify.decorateRequest('novaContext', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const requestId = generateRequestId();
    (request as NovaRequest).requestId = requestId;
    reply.header('x-openstack-request-id', requestId);
    reply.header('x-compute-request-id', requestId);
    done();
  });
}
