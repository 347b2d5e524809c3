import { Hop } from '@bootlab/hop';
import { glanceContextFromHeaders, RequestContext, runWithContext } from '@bootlab/openstack';
import { contextAttributes, LabLogger, stampContext } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { faultOf, faultResponse } from '../../common/faults';
import { closeOpened } from '../../common/opened';
import { send } from '../../common/wsgi/send';
import type { GlanceRequest, WireResponse } from '../../common/wsgi/types';

/**
 * Outermost link of glance-api: makes the request context, has the rest answer, stamps the answer with the request's id and sends it.
 * Plays `glance.api.middleware.context.ContextMiddleware`.
 */
@Injectable()
export class ContextMiddleware {
  constructor(private readonly logger: LabLogger) {}

  @Hop('glance.api.middleware.context.ContextMiddleware.process_request', {
    out: (context: RequestContext) => contextAttributes(context),
  })
  processRequest(request: GlanceRequest): RequestContext {
    return glanceContextFromHeaders(request.headers);
  }

  @Hop('glance.api.middleware.context.BaseContextMiddleware.process_response')
  processResponse(response: WireResponse, context: RequestContext): WireResponse {
    return { ...response, headers: { ...response.headers, 'x-openstack-request-id': context.requestId } };
  }

  /** Has `next` answer under the request's context, and sends what it answers. */
  async handle(
    request: GlanceRequest,
    reply: FastifyReply,
    next: (request: GlanceRequest) => Promise<WireResponse>,
  ): Promise<void> {
    const context = this.processRequest(request);
    stampContext(context);
    await runWithContext(context, async () => {
      const response = await next(request).catch((error: unknown) => this.#fault(error, request, context));
      try {
        await send(reply, request.method, this.processResponse(response, context));
      } catch (error) {
        if (!reply.raw.headersSent) await send(reply, request.method, await this.#fault(error, request, context));
        // The status is out: the broken connection tells the client, the log tells why.
        else this.logger.warn(`${request.method} ${request.url} broke off: ${(error as Error).message}`);
      }
    });
  }

  async #fault(error: unknown, request: GlanceRequest, context: RequestContext): Promise<WireResponse> {
    await closeOpened(context);
    const { fault, unexpected } = faultOf(error);
    if (unexpected) this.logger.error(error);
    return faultResponse(fault, request);
  }
}
