import { Hop } from '@bootlab/hop';
import { Instance, notify } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { ComputeConf } from '../compute-conf';

type Phase = 'start' | 'end' | 'error';

function usage({ uuid, vm_state, task_state, image_ref }: Instance, fault?: Error) {
  return {
    'instance.uuid': uuid,
    'instance.vm_state': vm_state ?? 'None',
    'instance.task_state': task_state ?? 'None',
    'image.id': image_ref,
    ...(fault ? { 'fault.type': fault.name, 'fault.message': fault.message } : {}),
  };
}

/** Tells the world what happens to an instance on this host. Plays the notifying functions of `nova.compute.utils`. */
@Injectable()
export class InstanceNotifications {
  constructor(private readonly conf: ComputeConf) {}

  /** Both forms, legacy and versioned, of a step in a creation. */
  aboutCreate(instance: Instance, phase: Phase, fault?: Error): void {
    this.notifyAboutInstanceUsage(instance, `create.${phase}`, fault);
    this.notifyAboutInstanceCreate(instance, phase, fault);
  }

  /** Both forms of a step in taking an instance off this host. */
  aboutAction(instance: Instance, action: 'delete' | 'shutdown', phase: 'start' | 'end'): void {
    const { host } = this.conf;
    const told = { 'instance.uuid': instance.uuid };
    notify(`compute.${host}`, `compute.instance.${action}.${phase}`, 'INFO', told, instance);
    notify(`nova-compute:${host}`, `instance.${action}.${phase}`, 'INFO', told, instance);
  }

  /** @param suffix e.g. `create.start`; an error when it ends in `error` */
  @Hop('nova.compute.utils.notify_about_instance_usage', {
    in: ({ uuid }: Instance, suffix: string) => ({ 'instance.uuid': uuid, 'notification.suffix': suffix }),
  })
  private notifyAboutInstanceUsage(instance: Instance, suffix: string, fault?: Error): void {
    const priority = suffix.endsWith('error') ? 'ERROR' : 'INFO';
    notify(`compute.${this.conf.host}`, `compute.instance.${suffix}`, priority, usage(instance, fault), instance);
  }

  @Hop('nova.compute.utils.notify_about_instance_create', {
    in: ({ uuid }: Instance, phase: Phase) => ({ 'instance.uuid': uuid, 'notification.phase': phase }),
  })
  private notifyAboutInstanceCreate(instance: Instance, phase: Phase, fault?: Error): void {
    const priority = phase === 'error' ? 'ERROR' : 'INFO';
    notify(`nova-compute:${this.conf.host}`, `instance.create.${phase}`, priority, usage(instance, fault), instance);
  }
}
