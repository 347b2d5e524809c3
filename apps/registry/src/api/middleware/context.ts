import { currentContext, glanceContextFromHeaders, RequestContext, runWithContext } from '@bootlab/openstack';
import { stampContext } from '@bootlab/tracing';
import { CallHandler, createParamDecorator, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, Observable } from 'rxjs';

/** Builds the request context from what glance-api sends along, and answers with the request's id. */
@Injectable()
export class ContextMiddleware implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const context = glanceContextFromHeaders(http.getRequest<FastifyRequest>().headers);
    stampContext(context);
    http.getResponse<FastifyReply>().header('x-openstack-request-id', context.requestId);
    return from(runWithContext(context, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}

/** The request context, as an argument of a controller's method. */
export const Context = createParamDecorator((): RequestContext => currentContext()!);
