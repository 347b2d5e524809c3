import { HttpException as Fault, httpTitle } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { ArgumentsHost, Catch, ExceptionFilter, HttpException as NestFault } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { allowedMethods } from '../registry/api/v1/routes';

/** Answers with the fault's explanation as plain text, which glance-api takes into its own. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(private readonly logger: LabLogger) {}

  catch(error: Error, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { status, explanation, headers } = this.#faultOf(error, http.getRequest<{ url: string }>().url);
    void http
      .getResponse<FastifyReply>()
      .code(status)
      .headers(headers)
      .type('text/plain; charset=utf-8')
      .send(explanation || httpTitle(status));
  }

  #faultOf(error: Error, url: string): Fault {
    if (error instanceof Fault) return error;
    if (error instanceof NestFault) {
      const status = error.getStatus();
      const allow = status === 404 ? allowedMethods(url) : undefined;
      return allow === undefined ? new Fault(status, error.message) : new Fault(405, '', { allow });
    }
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== undefined && statusCode < 500) return new Fault(statusCode, error.message);
    this.logger.error(error);
    return new Fault(500, 'glance-registry failed; its log tells why.');
  }
}
