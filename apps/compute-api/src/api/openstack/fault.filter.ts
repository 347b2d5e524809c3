import { RequestContext, runWithContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { ArgumentsHost, Catch, ExceptionFilter, NotFoundException } from '@nestjs/common';
import { Fault, faultBody, faultOf } from './faults';
import type { NovaReply, NovaRequest } from './request';
import { KnownRoutes } from './routes';

/** Turns whatever was raised into nova's error body. Plays `nova.api.openstack.FaultWrapper` around everything. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(
    private readonly logger: LabLogger,
    private readonly routes: KnownRoutes,
  ) {}

  catch(raised: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<NovaRequest>();
    const error = this.#named(raised, request);
    const fault = faultOf(error, request.method, request.requestId);
    if (fault.code >= 500) this.#log(error, fault, request);
    const reply = http.getResponse<NovaReply>();
    void reply.status(fault.code).headers(fault.headers).send(faultBody(fault));
  }

  /** Nest's own 404 in nova's words. */
  #named(raised: unknown, request: NovaRequest): unknown {
    if (raised instanceof NotFoundException) return this.routes.missing(request.url);
    return raised;
  }

  #log(error: unknown, { message, unexpected }: Fault, { novaContext, requestId }: NovaRequest): void {
    runWithContext(novaContext ?? new RequestContext({ requestId }), () =>
      unexpected ? this.logger.error(error) : this.logger.warn(message),
    );
  }
}
