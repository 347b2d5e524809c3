import { currentContext, RequestContext } from '@bootlab/openstack';
import { createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Deserializer, GlanceRequest, Serializer } from './types';

export const ACTION = 'bootlab:action';

export interface ActionOptions {
  /** Turns the request into what the action works on. Runs before it. */
  deserialize?: Deserializer;
  /** Turns the action's result into the answer. Runs after it. */
  serialize: Serializer;
}

/** This method is an action of a `Resource`, between its deserializer and its serializer. Stands above `@Hop`. */
export const Action = (options: ActionOptions) => SetMetadata(ACTION, options);

/** What the action's deserializer made of the request. */
export const Deserialized = createParamDecorator(
  (_: unknown, execution: ExecutionContext): unknown =>
    execution.switchToHttp().getRequest<GlanceRequest>().deserialized,
);

/** The request context. */
export const Context = createParamDecorator((): RequestContext => currentContext()!);
