import { Hop } from '@bootlab/hop';
import { HttpException } from '@bootlab/openstack';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, Observable } from 'rxjs';
import { checkApiVersion, versionHeaders } from './api-version-request';
import type { NovaReply, NovaRequest } from './request';
import { parseJsonObject } from './request-body';

type Action = () => Promise<unknown>;

/** Reads what came, runs the controller's action on it. Plays `nova.api.openstack.wsgi.Resource`. */
@Injectable()
export class Resource implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const name = `${execution.getClass().name}.${execution.getHandler().name}`;
    const action = () => lastValueFrom(next.handle());
    return from(this.call(http.getRequest<NovaRequest>(), http.getResponse<NovaReply>(), name, action));
  }

  /** @throws HttpException 400 or 406 for a microversion that is not served */
  @Hop('nova.api.openstack.wsgi.Resource.__call__', {
    in: (_request: NovaRequest, _reply: NovaReply, name: string) => ({ 'nova.action': name }),
  })
  private async call(request: NovaRequest, reply: NovaReply, _name: string, action: Action): Promise<unknown> {
    reply.headers(versionHeaders);
    checkApiVersion(request.headers);
    return this.processStack(request, action);
  }

  /** @throws HttpException 400 for a project in the URL that is not the caller's, and for a malformed body */
  @Hop('nova.api.openstack.wsgi.Resource._process_stack')
  private async processStack(request: NovaRequest, action: Action): Promise<unknown> {
    this.#checkProject(request);
    if (Buffer.isBuffer(request.body)) request.body = this.#deserialize(request.body);
    return action();
  }

  #checkProject({ params, novaContext }: NovaRequest): void {
    const { project_id: inUrl } = (params ?? {}) as { project_id?: string };
    const own = novaContext?.projectId;
    if (inUrl === undefined || own === undefined || inUrl === own) return;
    throw new HttpException(400, `Malformed request URL: its project_id '${inUrl}' is not the caller's, '${own}'.`);
  }

  #deserialize(body: Buffer): Record<string, unknown> | undefined {
    if (body.length === 0) return undefined;
    try {
      return parseJsonObject(body);
    } catch (error) {
      throw new HttpException(400, 'Malformed request body: it must be one JSON object.', {}, { cause: error });
    }
  }
}
