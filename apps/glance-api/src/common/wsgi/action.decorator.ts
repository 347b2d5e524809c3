import { currentContext, RequestContext } from '@bootlab/openstack';
import { createParamDecorator, ExecutionContext, Res, SetMetadata, Type } from '@nestjs/common';
import type { Deserializer, GlanceRequest, Serializer } from './types';

export const ACTION = 'bootlab:action';

export interface ActionOptions {
  /** Turns the request into what the action works on. Runs before it. */
  deserialize?: Type<Deserializer>;
  /** Turns the action's result into the answer. Runs after it. */
  serialize: Serializer;
}

/** Behind all parameters that a method names. */
const RESPONSE_PARAMETER = 9;

/** This method is an action of a `Resource`, between its deserializer and its serializer. Stands above `@Hop`. */
export function Action(options: ActionOptions): MethodDecorator {
  return (target, key, descriptor) => {
    SetMetadata(ACTION, options)(target, key, descriptor);
    // A method that takes the response is one whose answer Nest does not send itself.
    Res()(target, key, RESPONSE_PARAMETER);
  };
}

/** What the action's deserializer made of the request. */
export const Deserialized = createParamDecorator(
  (_: unknown, execution: ExecutionContext): unknown =>
    execution.switchToHttp().getRequest<GlanceRequest>().deserialized,
);

/** The request context. */
export const Context = createParamDecorator((): RequestContext => currentContext()!);
