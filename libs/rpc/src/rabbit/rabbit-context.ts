import { BaseRpcContext } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';

/** How a message came, for its span. */
export class RabbitContext extends BaseRpcContext<[Attributes]> {
  get attributes(): Attributes {
    return this.args[0];
  }
}
