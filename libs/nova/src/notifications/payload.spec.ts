import { unversionedPayload, versionedPayload } from './payload';

const told = { 'instance.uuid': 'u', 'instance.vm_state': 'building', 'instance.task_state': 'None', 'image.id': 'i' };

describe('payloads of notifications', () => {
  it('are flat in the unversioned form', () => {
    expect(unversionedPayload(told)).toEqual({
      instance_id: 'u',
      state: 'building',
      state_description: null,
      image_id: 'i',
    });
  });

  it.each([
    ['instance.create.start', 'InstanceCreatePayload'],
    ['instance.update', 'InstanceUpdatePayload'],
    ['instance.shutdown.end', 'InstanceActionPayload'],
    ['compute.exception', 'ExceptionPayload'],
  ])('are an object in the versioned form: %s is %s', (eventType, name) => {
    expect(versionedPayload(eventType, told)).toMatchObject({
      'nova_object.name': name,
      'nova_object.namespace': 'nova',
      'nova_object.data': { uuid: 'u', state: 'building', task_state: null, image_uuid: 'i' },
    });
  });
});
