import { z } from 'zod';

const uuid = z.uuid();
const text = z.string().max(255);
const state = text.nullable();
const states = z.array(state).nonempty();

/** Fields of an instance that a compute host may change. */
export const instanceChanges = z
  .strictObject({
    vm_state: state,
    task_state: state,
    power_state: z.int(),
    host: text.nullable(),
    node: text.nullable(),
    availability_zone: text.nullable(),
    launched_on: text.nullable(),
    launched_at: z.iso.datetime().nullable(),
    terminated_at: z.iso.datetime().nullable(),
    root_device_name: text.nullable(),
    progress: z.int().min(0).max(100),
    system_metadata: z.record(z.string(), z.string()),
  })
  .partial();

/** States to compare with before an instance is saved; one alone or several. */
export const expectedStates = z
  .strictObject({
    expected_vm_state: z.union([states, state]),
    expected_task_state: z.union([states, state]),
  })
  .partial();

export const instanceKey = z.object({ uuid });
export const byUuid = z.strictObject({ uuid });
export const byHost = z.strictObject({ host: text });

export const event = z.strictObject({ instance_uuid: uuid, event_name: text, host: text.nullable() });
export const eventEnd = z.strictObject({
  instance_uuid: uuid,
  event_name: text,
  exc_val: z.string().nullable(),
  exc_tb: z.string().nullable(),
});

export const fault = z.strictObject({
  instance_uuid: uuid,
  code: z.int(),
  message: z.string().max(255),
  details: z.string().nullable(),
  host: text.nullable(),
});

export const service = z.strictObject({ host: text, binary: text, topic: text, version: z.int() });

const amount = z.int().nonnegative();
const ratio = z.number().positive();
export const computeNode = z.strictObject({
  uuid,
  service_id: z.int(),
  host: text,
  hypervisor_hostname: text,
  hypervisor_type: text,
  vcpus: amount,
  memory_mb: amount,
  local_gb: amount,
  reserved_memory_mb: amount,
  cpu_allocation_ratio: ratio,
  ram_allocation_ratio: ratio,
  disk_allocation_ratio: ratio,
});

/** What a message to the endpoint without a namespace must look like. */
export const objectAction = z.object({
  objinst: z.object({
    'nova_object.name': z.string(),
    'nova_object.data': z.record(z.string(), z.unknown()),
    'nova_object.changes': z.array(z.string()),
  }),
  objmethod: z.string(),
  kwargs: z.record(z.string(), z.unknown()),
});

export const objectClassAction = z.object({
  objname: z.string(),
  objmethod: z.string(),
  kwargs: z.record(z.string(), z.unknown()),
});
