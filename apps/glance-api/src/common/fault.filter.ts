import { HttpException, httpTitle } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { ArgumentsHost, Catch, ExceptionFilter, HttpException as NestFault } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { allowedMethods } from '../api/v1/routes';
import { faultOf, faultResponse } from './faults';
import { send } from './wsgi/send';
import type { GlanceRequest } from './wsgi/types';

/** Answers what fails before a resource is reached: unknown routes and methods, malformed requests. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(private readonly logger: LabLogger) {}

  async catch(error: Error, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<GlanceRequest>();
    const { fault, unexpected } = faultOf(this.#known(error, request));
    if (unexpected) this.logger.error(error);
    await send(http.getResponse<FastifyReply>(), request.method, faultResponse(fault, request));
  }

  #known(error: Error, request: GlanceRequest): Error {
    if (error instanceof NestFault) {
      const status = error.getStatus();
      const allow = status === 404 ? allowedMethods(request.url) : undefined;
      if (allow !== undefined)
        return new HttpException(405, `The method is not allowed here; use ${allow}.`, { allow });
      return new HttpException(status, status === 404 ? 'The resource could not be found.' : error.message);
    }
    const { statusCode } = error as { statusCode?: number };
    return statusCode !== undefined && statusCode < 500
      ? new HttpException(statusCode, error.message || httpTitle(statusCode))
      : error;
  }
}
