import { Hop } from '@bootlab/hop';
import { loadConf, novaConf } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import type { Instance } from '../objects/instance';
import { notify } from './notify';

export type States = Pick<Instance, 'vm_state' | 'task_state'>;

/** Tells of changes of state, when nova.conf asks for it. Plays `nova.notifications.base`. */
@Injectable()
export class StateUpdates {
  readonly #when = loadConf(novaConf).notifications.notify_on_state_change;

  /** Whether anybody wants to hear of changes at all. */
  get wanted(): boolean {
    return this.#when !== '';
  }

  /** @param publisher e.g. `conductor.node1` */
  @Hop('nova.notifications.base.send_update_with_states', {
    in: (uuid: string) => ({ 'instance.uuid': uuid }),
  })
  sendUpdateWithStates(uuid: string, before: States, after: States, publisher: string): void {
    this.sendUpdate(uuid, before, after, publisher);
  }

  /** Sends `compute.instance.update` and `instance.update` when a state that counts has changed. */
  sendUpdate(uuid: string, before: States, after: States, publisher: string): void {
    const changed =
      before.vm_state !== after.vm_state ||
      (this.#when === 'vm_and_task_state' && before.task_state !== after.task_state);
    if (!this.wanted || !changed) return;
    const [service = '', host = ''] = publisher.split(/\.(.*)/s);
    const states = {
      'instance.uuid': uuid,
      'instance.old_vm_state': before.vm_state ?? 'None',
      'instance.vm_state': after.vm_state ?? 'None',
      'instance.old_task_state': before.task_state ?? 'None',
      'instance.task_state': after.task_state ?? 'None',
    };
    notify(publisher, 'compute.instance.update', 'INFO', states);
    notify(`nova-${service}:${host}`, 'instance.update', 'INFO', states);
  }
}
