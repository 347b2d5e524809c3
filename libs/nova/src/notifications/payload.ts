import type { Attributes } from '@opentelemetry/api';
import type { Instance } from '../objects/instance';

/** What the attributes of a notification are called in a payload of the original. */
const unversionedNames: Record<string, string> = {
  'instance.uuid': 'instance_id',
  'instance.vm_state': 'state',
  'instance.task_state': 'state_description',
  'instance.old_vm_state': 'old_state',
  'instance.old_task_state': 'old_task_state',
  'image.id': 'image_id',
  'fault.type': 'exception',
  'fault.message': 'message',
  method: 'method',
  reason: 'reason',
};
const versionedNames: Record<string, string> = {
  'instance.uuid': 'uuid',
  'instance.vm_state': 'state',
  'instance.task_state': 'task_state',
  'image.id': 'image_uuid',
};
const faultNames: Record<string, string> = { 'fault.type': 'exception', 'fault.message': 'exception_message' };
const stateUpdateNames: Record<string, string> = {
  'instance.old_vm_state': 'old_state',
  'instance.vm_state': 'state',
  'instance.old_task_state': 'old_task_state',
  'instance.task_state': 'new_task_state',
};

/** A field, or nothing where the attribute is not one of these. `None` stands on a span for what has no value. */
function renamed(attributes: Attributes, names: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      const field = names[name];
      return field === undefined ? [] : [[field, value === 'None' ? null : value]];
    }),
  );
}

/** What both forms call alike. */
function usage(instance: Instance | undefined): Record<string, unknown> {
  if (instance === undefined) return {};
  const { project_id, user_id, display_name, reservation_id, host, node, vm_state, created_at, launched_at } = instance;
  const names = { tenant_id: project_id, user_id, display_name, reservation_id };
  return { ...names, host, node, state: vm_state, created_at, launched_at };
}

/** The flat payload of an unversioned notification; the basics of it. */
export function unversionedPayload(attributes: Attributes, instance?: Instance): Record<string, unknown> {
  return { ...usage(instance), ...renamed(attributes, unversionedNames) };
}

function payloadObject(name: string, version: string, data: Record<string, unknown>): Record<string, unknown> {
  return {
    'nova_object.name': name,
    'nova_object.namespace': 'nova',
    'nova_object.version': version,
    'nova_object.data': data,
  };
}

function exceptionPayload(attributes: Attributes): Record<string, unknown> {
  return payloadObject('ExceptionPayload', '1.0', renamed(attributes, faultNames));
}

/** The payload object of a versioned notification, with the version of Queens; the basics of it. */
export function versionedPayload(eventType: string, attributes: Attributes, about?: Instance): Record<string, unknown> {
  if (eventType === 'compute.exception') return exceptionPayload(attributes);
  const instance = { ...usage(about), ...renamed(attributes, versionedNames) };
  if (eventType === 'instance.update') {
    const state_update = payloadObject('InstanceStateUpdatePayload', '1.0', renamed(attributes, stateUpdateNames));
    return payloadObject('InstanceUpdatePayload', '1.6', { ...instance, state_update });
  }
  const fault = 'fault.type' in attributes ? exceptionPayload(attributes) : null;
  const [name, version] = eventType.startsWith('instance.create.')
    ? (['InstanceCreatePayload', '1.7'] as const)
    : (['InstanceActionPayload', '1.5'] as const);
  return payloadObject(name, version, { ...instance, fault });
}
