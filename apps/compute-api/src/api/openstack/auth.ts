import { Hop, noteAttributes } from '@bootlab/hop';
import { HttpException, novaContextFromHeaders, RequestContext, runWithContext } from '@bootlab/openstack';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, Observable } from 'rxjs';
import type { NovaRequest } from './request';

/** Makes the request context from the identity headers and keeps it for all that follows. */
@Injectable()
export class NovaKeystoneContext implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<NovaRequest>();
    return from(this.call(request, () => lastValueFrom(next.handle())));
  }

  /** @throws HttpException 401 when project or roles come without a user */
  @Hop('nova.api.auth.NovaKeystoneContext.__call__')
  private async call(request: NovaRequest, application: () => Promise<unknown>): Promise<unknown> {
    const { requestId, headers } = request;
    const context = new RequestContext({ ...novaContextFromHeaders(headers).toJSON(), requestId });
    if (context.userId === undefined && !context.isAdmin) {
      throw new HttpException(401, 'Project or roles came without a user: send X-User-Id too, or none of them.');
    }
    request.novaContext = context;
    noteAttributes({
      'openstack.request_id': requestId,
      'openstack.global_request_id': context.globalRequestId,
      'enduser.id': context.userId,
      'openstack.project_id': context.projectId,
    });
    return runWithContext(context, application);
  }
}
