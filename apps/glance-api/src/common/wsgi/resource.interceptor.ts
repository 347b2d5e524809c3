import { Hop } from '@bootlab/hop';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, Observable } from 'rxjs';
import { ACTION, ActionOptions } from './action.decorator';
import type { GlanceRequest, WireResponse } from './types';

/** Deserializer, action, serializer. Plays `glance.common.wsgi.Resource`. */
@Injectable()
export class Resource implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get<ActionOptions | undefined>(ACTION, execution.getHandler());
    if (!action) throw new Error(`${execution.getHandler().name} needs @Action, which says how its result is sent.`);
    return from(this.call(execution.switchToHttp().getRequest(), action, next));
  }

  @Hop('glance.common.wsgi.Resource.__call__', {
    in: (request: GlanceRequest) => ({ 'http.request.method': request.method, 'url.path': request.url.split('?')[0] }),
    out: ({ status }: WireResponse) => ({ 'http.response.status_code': status }),
  })
  private async call(request: GlanceRequest, action: ActionOptions, next: CallHandler): Promise<WireResponse> {
    if (action.deserialize) request.deserialized = await action.deserialize(request);
    const result: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
    return action.serialize(result as never, request);
  }
}
