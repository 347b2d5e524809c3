import type { RequestContext } from '@bootlab/openstack';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { NovaRequest } from './request';

/** The request context, as a parameter of a controller's method. */
export const NovaContext = createParamDecorator((_: unknown, execution: ExecutionContext): RequestContext => {
  const { novaContext } = execution.switchToHttp().getRequest<NovaRequest>();
  if (!novaContext) throw new Error('This route is not behind NovaKeystoneContext.');
  return novaContext;
});
