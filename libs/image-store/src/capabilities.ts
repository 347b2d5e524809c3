import { hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import type { GetOptions, Store } from './driver';

/** `glance_store.capabilities.BitMasks`: what a store can do. */
export const BitMasks = {
  NONE: 0,
  READ_ACCESS: 1,
  READ_OFFSET: 3,
  READ_CHUNK: 5,
  READ_RANDOM: 7,
  WRITE_ACCESS: 8,
  RW_ACCESS: 9,
  DRIVER_REUSABLE: 64,
} as const;

type Operation = 'get' | 'add' | 'delete';

/** Whether a store has all bits of `capability`. */
const isCapable = hop(
  'glance_store.capabilities.StoreCapability.is_capable',
  function isCapable(store: Store, capability: number): boolean {
    return (store.capabilities & capability) === capability;
  },
);

function refuseWhatTheStoreCannot(store: Store, operation: Operation, { offset, chunkSize }: GetOptions): void {
  if (operation === 'get') {
    if (!isCapable(store, BitMasks.READ_ACCESS)) throw new storeException.StoreGetNotSupported();
    const wanted = (offset ? BitMasks.READ_OFFSET : 0) | (chunkSize ? BitMasks.READ_CHUNK : 0);
    if (wanted !== 0 && !isCapable(store, wanted)) throw new storeException.StoreRandomGetNotSupported();
  } else if (!isCapable(store, BitMasks.WRITE_ACCESS)) {
    throw operation === 'add' ? new storeException.StoreAddDisabled() : new storeException.StoreDeleteNotSupported();
  }
}

const opChecker = hop(
  'glance_store.capabilities.check.op_checker',
  async function opChecker(store: Store, operation: Operation, options: GetOptions, run: () => Promise<unknown>) {
    refuseWhatTheStoreCannot(store, operation, options);
    return run();
  },
  { in: (store, operation) => ({ 'store.name': store.name, 'store.operation': operation }) },
);

/**
 * Before the method runs, its store must have the bits that the operation needs. Stands above `@Hop`.
 * @throws StoreGetNotSupported, StoreRandomGetNotSupported, StoreAddDisabled, StoreDeleteNotSupported
 */
export function check(operation: Operation) {
  return <Args extends unknown[], Result>(
    _: object,
    __: string,
    descriptor: TypedPropertyDescriptor<(...args: Args) => Promise<Result>>,
  ): void => {
    const method = descriptor.value!;
    descriptor.value = async function (this: Store, ...args: Args): Promise<Result> {
      const options = operation === 'get' ? ((args[1] as GetOptions | undefined) ?? {}) : {};
      return (await opChecker(this, operation, options, () => method.apply(this, args))) as Result;
    };
  };
}
