import { PATIENCE } from '@bootlab/service';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Observable } from 'rxjs';

/** After an answer that came before the end of the body: lets the client finish, within limits, and then cuts it off. */
@Injectable()
export class DrainBody implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const { raw } = http.getRequest<FastifyRequest>();
    http.getResponse<FastifyReply>().raw.once('finish', () => drain(raw));
    return next.handle();
  }
}

function drain(raw: IncomingMessage): void {
  if (raw.readableEnded || raw.destroyed) return;
  let bytes = 0;
  raw.on('error', () => undefined); // the client is answered; whether it stays is its own affair
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > PATIENCE) raw.destroy();
  });
}
