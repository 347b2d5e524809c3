import { currentContext, glanceContextFromHeaders, RequestContext, runWithContext } from '@bootlab/openstack';
import { stampContext } from '@bootlab/tracing';
import { createParamDecorator } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Builds the request context from what glance-api sends along, and answers with the request's id. A hook and no interceptor:
 * it costs a quarter less of a request's time, and a request is little more than one query. It stands behind the body,
 * because what reads the body does not keep the context.
 */
export function addContext(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', (request, reply, done) => {
      const context = glanceContextFromHeaders(request.headers);
      stampContext(context);
      void reply.header('x-openstack-request-id', context.requestId);
      runWithContext(context, done);
    });
}

/** The request context, as an argument of a controller's method. */
export const Context = createParamDecorator((): RequestContext => currentContext()!);
