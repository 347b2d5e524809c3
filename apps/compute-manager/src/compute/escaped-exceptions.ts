import type { Instance } from '@bootlab/nova';
import { novaException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { RemoteFaults } from '../conductor/remote-faults';
import { RemoteInstances } from '../conductor/remote-instances';

/** What becomes of an instance when an exception escapes the function that is at work on it; the exception goes on. */
@Injectable()
export class EscapedExceptions {
  constructor(
    private readonly instances: RemoteInstances,
    private readonly faults: RemoteFaults,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Leaves the instance without a task, so that its user can have another one begun. Plays
   * `nova.compute.manager.reverts_task_state`.
   */
  async revertsTaskState<T>(context: RequestContext, instance: Instance, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.#revert(context, instance, error);
      throw error;
    }
  }

  /**
   * Records the exception as the instance's fault. Plays `nova.compute.manager.wrap_instance_fault`.
   * @throws what went wrong with the fault, instead of what `work` raised
   */
  async wrapInstanceFault<T>(context: RequestContext, instance: Instance, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof novaException.InstanceNotFound)) await this.#record(context, instance, error as Error);
      throw error;
    }
  }

  async #revert(context: RequestContext, instance: Instance, error: unknown): Promise<void> {
    const { uuid, task_state } = instance;
    if (error instanceof novaException.UnexpectedTaskStateError) {
      this.logger.log(`Instance ${uuid} has been given another task meanwhile, and keeps it: ${error.message}`);
      return;
    }
    try {
      await this.instances.save(context, instance, { task_state: null });
      this.logger.log(`Instance ${uuid} failed at its task ${task_state ?? 'None'}, and has none now.`);
    } catch (failed) {
      // Deleted meanwhile: there is nothing left to revert.
      if (failed instanceof novaException.InstanceNotFound) return;
      this.logger.warn(`Instance ${uuid} failed and could not be left without a task: ${String(failed)}`);
    }
  }

  async #record(context: RequestContext, { uuid }: Instance, error: Error): Promise<void> {
    try {
      await this.faults.add(context, uuid, error);
    } catch (failed) {
      // The failure that goes on is the later one, so this is the last place to tell of the first.
      this.logger.error(error);
      throw failed;
    }
  }
}
