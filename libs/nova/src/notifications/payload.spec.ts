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
  ])('are an object in the versioned form: %s is %s', (eventType, name) => {
    expect(versionedPayload(eventType, told)).toMatchObject({
      'nova_object.name': name,
      'nova_object.namespace': 'nova',
      'nova_object.data': { uuid: 'u', state: 'building', task_state: null, image_uuid: 'i' },
    });
  });

  it('have what went wrong as an object of its own in the versioned form', () => {
    const fault = {
      'nova_object.name': 'ExceptionPayload',
      'nova_object.data': { exception: 'OSError', exception_message: 'full' },
    };
    const failed = { ...told, 'fault.type': 'OSError', 'fault.message': 'full' };
    expect(versionedPayload('instance.create.error', failed)).toMatchObject({ 'nova_object.data': { fault } });
    expect(versionedPayload('compute.exception', failed)).toMatchObject(fault);
    expect(unversionedPayload(failed)).toMatchObject({ exception: 'OSError', message: 'full' });
  });

  it('tell of a change of states from which to which', () => {
    const change = { ...told, 'instance.old_vm_state': 'None', 'instance.old_task_state': 'scheduling' };
    expect(versionedPayload('instance.update', change)).toMatchObject({
      'nova_object.data': {
        state_update: {
          'nova_object.name': 'InstanceStateUpdatePayload',
          'nova_object.data': {
            old_state: null,
            state: 'building',
            old_task_state: 'scheduling',
            new_task_state: null,
          },
        },
      },
    });
  });
});
