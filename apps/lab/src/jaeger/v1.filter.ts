import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { structured } from './envelope';

/** Errors as Jaeger's first query API gives them: JSON that calls itself text. */
@Catch(HttpException)
export class V1Filter implements ExceptionFilter<HttpException> {
  catch(error: HttpException, host: ArgumentsHost): void {
    const code = error.getStatus();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const body = JSON.stringify(structured(null, 0, [{ code, msg: error.message }]));
    void reply.status(code).type('text/plain; charset=utf-8').send(`${body}\n`);
  }
}
