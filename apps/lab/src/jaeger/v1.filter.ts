import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { structured } from './envelope';

/** Errors as Jaeger's first query API gives them. */
@Catch(HttpException)
export class V1Filter implements ExceptionFilter<HttpException> {
  catch(error: HttpException, host: ArgumentsHost): void {
    const code = error.getStatus();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(code).send(structured(null, 0, [{ code, msg: error.message }]));
  }
}
