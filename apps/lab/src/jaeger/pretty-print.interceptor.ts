import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, Observable } from 'rxjs';

/** `prettyPrint` in the query indents the JSON of the answer. */
@Injectable()
export class PrettyPrint implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { prettyPrint } = http.getRequest<FastifyRequest<{ Querystring: { prettyPrint?: string } }>>().query;
    if (prettyPrint === undefined || prettyPrint === 'false') return next.handle();
    http.getResponse<FastifyReply>().type('application/json; charset=utf-8');
    return next.handle().pipe(map((body) => JSON.stringify(body, null, 4)));
  }
}
