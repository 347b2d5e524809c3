import { LabLogger } from '@bootlab/tracing';
import { Controller } from '@nestjs/common';
import { BaseRpcContext, Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';
import { Envelope, Message, open, seal } from '../message';
import { CALL, CAST } from '../patterns';
import { RabbitContext } from '../rabbit/rabbit-context';
import { RpcDispatcher } from './rpc-dispatcher';

/** Takes envelopes from Nest's transport and gives their messages to the dispatcher. */
@Controller()
export class RpcController {
  constructor(
    private readonly dispatcher: RpcDispatcher,
    private readonly logger: LabLogger,
  ) {}

  @MessagePattern(CALL)
  async call(@Payload() envelope: unknown, @Ctx() context: BaseRpcContext): Promise<Envelope> {
    return seal(await this.dispatcher.call(open<Message>(envelope), delivery(envelope, context)));
  }

  @EventPattern(CAST)
  async cast(@Payload() envelope: unknown, @Ctx() context: BaseRpcContext): Promise<void> {
    try {
      await this.dispatcher.cast(open<Message>(envelope), delivery(envelope, context));
    } catch (error) {
      // Nobody waits for the outcome of a cast, so the log is the only place that hears of it.
      this.logger.error(error);
    }
  }
}

/** Size of the body in bytes, and what the transport tells of the way the message came. */
function delivery(envelope: unknown, context: BaseRpcContext): Attributes {
  const body = (envelope as Partial<Envelope> | null)?.['oslo.message'];
  return {
    ...(typeof body === 'string' ? { 'messaging.message.body.size': Buffer.byteLength(body) } : {}),
    ...(context instanceof RabbitContext ? context.attributes : {}),
  };
}
