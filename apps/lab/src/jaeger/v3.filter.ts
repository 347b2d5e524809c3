import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Errors as Jaeger's third query API gives them: JSON that calls itself text. */
@Catch(HttpException)
export class V3Filter implements ExceptionFilter<HttpException> {
  catch(error: HttpException, host: ArgumentsHost): void {
    const httpCode = error.getStatus();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const body = JSON.stringify({ error: { httpCode, message: error.message } });
    void reply.status(httpCode).type('text/plain; charset=utf-8').send(`${body}\n`);
  }
}
