import type { RequestContext } from '@bootlab/openstack';
import { openNovaRpc } from '@bootlab/nova';
import { RpcEndpoint, RpcMethod, serveRpc } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { EventEmitter, once } from 'node:events';
import { Module } from '@nestjs/common';

export interface Received {
  method: string;
  context: RequestContext;
  args: Record<string, unknown>;
}

/** Takes messages and keeps them. */
export class Messages {
  readonly #arrived = new EventEmitter();
  readonly #waiting: Received[] = [];

  take(method: string, context: RequestContext, args: Record<string, unknown>): void {
    this.#waiting.push({ method, context, args });
    this.#arrived.emit('message');
  }

  /** The next message, once it is there. */
  async next(): Promise<Received> {
    if (this.#waiting.length === 0) await once(this.#arrived, 'message');
    return this.#waiting.shift()!;
  }

  get count(): number {
    return this.#waiting.length;
  }
}

const messages = { conductor: new Messages(), compute: new Messages() };

@RpcEndpoint({ namespace: 'compute_task', version: '1.17' })
class Conductor {
  @RpcMethod('schedule_and_build_instances')
  scheduleAndBuildInstances(context: RequestContext, args: Record<string, unknown>): void {
    messages.conductor.take('schedule_and_build_instances', context, args);
  }
}

@RpcEndpoint({ version: '5.0' })
class Compute {
  @RpcMethod('terminate_instance')
  terminateInstance(context: RequestContext, args: Record<string, unknown>): void {
    messages.compute.take('terminate_instance', context, args);
  }
}

@Module({ providers: [Conductor, Compute], exports: [Conductor, Compute] })
class EndpointsModule {}

export interface Listening {
  messages: Messages;
  close(): Promise<void>;
}

/** Listens as a conductor or as a compute host does, and only keeps what arrives. */
export async function listen(topic: 'conductor' | 'compute', server: string): Promise<Listening> {
  const endpoint = topic === 'conductor' ? Conductor : Compute;
  const running = await serveRpc({
    topic,
    server,
    transport: openNovaRpc().transport,
    logger: new LabLogger(topic),
    module: EndpointsModule,
    endpoints: [endpoint],
  });
  return { messages: messages[topic], close: () => running.close() };
}
