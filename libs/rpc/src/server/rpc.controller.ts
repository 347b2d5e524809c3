import { LabLogger } from '@bootlab/tracing';
import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { Envelope, Message, open, seal } from '../message';
import { CALL, CAST } from '../patterns';
import { RpcDispatcher } from './rpc-dispatcher';

/** Takes envelopes from Nest's transport and gives their messages to the dispatcher. */
@Controller()
export class RpcController {
  constructor(
    private readonly dispatcher: RpcDispatcher,
    private readonly logger: LabLogger,
  ) {}

  @MessagePattern(CALL)
  async call(@Payload() envelope: unknown): Promise<Envelope> {
    return seal(await this.dispatcher.call(open<Message>(envelope)));
  }

  @EventPattern(CAST)
  async cast(@Payload() envelope: unknown): Promise<void> {
    try {
      await this.dispatcher.cast(open<Message>(envelope));
    } catch (error) {
      // Nobody waits for the outcome of a cast, so the log is the only place that hears of it.
      this.logger.error(error);
    }
  }
}
