import { Hop } from '@bootlab/hop';
import { HttpException, novaContextFromHeaders, RequestContext, runWithContext } from '@bootlab/openstack';
import { contextAttributes, stampContext } from '@bootlab/tracing';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, Observable } from 'rxjs';
import type { NovaRequest } from './request';

/** Makes the request context from the identity headers and keeps it for all that follows. */
@Injectable()
export class NovaKeystoneContext implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<NovaRequest>();
    const { requestId, headers } = request;
    const context = new RequestContext({ ...novaContextFromHeaders(headers).toJSON(), requestId });
    stampContext(context);
    return from(this.call(request, context, () => lastValueFrom(next.handle())));
  }

  /** @throws HttpException 401 when project or roles come without a user */
  @Hop('nova.api.auth.NovaKeystoneContext.__call__', {
    in: (_: NovaRequest, context: RequestContext) => contextAttributes(context),
  })
  private async call(
    request: NovaRequest,
    context: RequestContext,
    application: () => Promise<unknown>,
  ): Promise<unknown> {
    if (context.userId === undefined && !context.isAdmin) {
      throw new HttpException(401, 'Project or roles came without a user: send X-User-Id too, or none of them.');
    }
    request.novaContext = context;
    return runWithContext(context, application);
  }
}
