import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, Observable } from 'rxjs';
import { ContextMiddleware } from '../../api/middleware/context';
import { ACTION, ActionOptions } from './action.decorator';
import { Resource } from './resource';

/** The links of glance-api's paste pipeline, in their order: context, resource, action. */
@Injectable()
export class Pipeline implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly context: ContextMiddleware,
    private readonly resource: Resource,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get<ActionOptions | undefined>(ACTION, execution.getHandler());
    if (!action) throw new Error(`${execution.getHandler().name} needs @Action, which says how its result is sent.`);
    const http = execution.switchToHttp();
    const run = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(
      this.context.handle(http.getRequest(), http.getResponse(), (request) => this.resource.call(request, action, run)),
    );
  }
}
