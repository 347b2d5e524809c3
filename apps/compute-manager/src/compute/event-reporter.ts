import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { ComputeConf } from '../compute-conf';
import { PatientConductor } from '../conductor/patient-conductor';

/** Tells an instance's history when a step begins and how it ends. Plays `nova.compute.utils.EventReporter`. */
@Injectable()
export class EventReporter {
  constructor(
    private readonly conductor: PatientConductor,
    private readonly conf: ComputeConf,
  ) {}

  /** Runs `work` as the event; the event fails only when an exception escapes. */
  async around<T>(context: RequestContext, uuid: string, event: string, work: () => Promise<T>): Promise<T> {
    await this.enter(context, uuid, event);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      await this.exit(context, uuid, event, error as Error);
      throw error;
    }
    await this.exit(context, uuid, event);
    return result;
  }

  @Hop('nova.compute.utils.EventReporter.__enter__', {
    in: (_: RequestContext, uuid: string, event: string) => ({ 'instance.uuid': uuid, 'instance.event': event }),
  })
  private async enter(context: RequestContext, uuid: string, event: string): Promise<void> {
    const { host } = this.conf;
    await this.#call(context, 'event_start', { instance_uuid: uuid, event_name: event, host });
  }

  @Hop('nova.compute.utils.EventReporter.__exit__', {
    in: (_: RequestContext, uuid: string, event: string, error?: Error) => ({
      'instance.uuid': uuid,
      'instance.event': event,
      'instance.event_result': error ? 'Error' : 'Success',
    }),
  })
  private async exit(context: RequestContext, uuid: string, event: string, error?: Error): Promise<void> {
    await this.#call(context, 'event_finish_with_failure', {
      instance_uuid: uuid,
      event_name: event,
      exc_val: error?.message ?? null,
      exc_tb: error?.stack ?? null,
    });
  }

  async #call(context: RequestContext, method: string, kwargs: Record<string, unknown>): Promise<void> {
    await this.conductor.objectClassAction(context, 'InstanceActionEvent', method, kwargs);
  }
}
