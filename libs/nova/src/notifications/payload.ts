import type { Attributes } from '@opentelemetry/api';

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
};
const versionedNames: Record<string, string> = {
  ...unversionedNames,
  'instance.uuid': 'uuid',
  'instance.task_state': 'task_state',
  'image.id': 'image_uuid',
};

/** Payload objects of the versioned notifications, by event; the version is Queens'. */
const objects: [RegExp, name: string, version: string][] = [
  [/^instance\.create\./, 'InstanceCreatePayload', '1.10'],
  [/^instance\.update$/, 'InstanceUpdatePayload', '1.6'],
  [/^instance\./, 'InstanceActionPayload', '1.6'],
];

/** `None` stands on a span for what has no value. */
function renamed(attributes: Attributes, names: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [names[name] ?? name, value === 'None' ? null : value]),
  );
}

/** The flat payload of an unversioned notification; the basics of it. */
export function unversionedPayload(attributes: Attributes): Record<string, unknown> {
  return renamed(attributes, unversionedNames);
}

/** The payload object of a versioned notification; the basics of it. */
export function versionedPayload(eventType: string, attributes: Attributes): Record<string, unknown> {
  const [, name, version] = objects.find(([fits]) => fits.test(eventType)) ?? [undefined, 'ExceptionPayload', '1.1'];
  return {
    'nova_object.name': name,
    'nova_object.namespace': 'nova',
    'nova_object.version': version,
    'nova_object.data': renamed(attributes, versionedNames),
  };
}
