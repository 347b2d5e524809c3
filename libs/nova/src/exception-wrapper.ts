import { loadConf, novaConf } from '@bootlab/openstack';
import { hostname } from 'node:os';
import { notify } from './notifications/notify';

interface Instanced {
  instance?: { uuid?: unknown };
}

/**
 * Tells the world of an exception that escapes this method, under the method's name and as `compute.exception`; the exception
 * goes on. Stands above `@Hop`. Plays `nova.exception_wrapper.wrap_exception`.
 * @param name of the function played
 * @param service e.g. `compute`, which publishes as `compute.<host>` and `nova-compute:<host>`
 */
export function WrapException(name: string, service: string) {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the arguments are the decorated method's
  return <Args extends any[], Returned>(
    _target: object,
    _key: string,
    descriptor: TypedPropertyDescriptor<(...args: Args) => Returned>,
  ): void => {
    const method = descriptor.value!;
    descriptor.value = function (this: unknown, ...args: Args): Returned {
      const escaped = (error: unknown): never => {
        emitExceptionNotification(name, service, error, args);
        throw error;
      };
      try {
        const returned = method.apply(this, args);
        return returned instanceof Promise ? (returned.catch(escaped) as Returned) : returned;
      } catch (error) {
        return escaped(error);
      }
    };
  };
}

/** Of the arguments only the instance is told: others have a password, or files. */
function emitExceptionNotification(name: string, service: string, error: unknown, args: unknown[]): void {
  const host = loadConf(novaConf).DEFAULT.host ?? hostname();
  const uuid = args.map((arg) => (arg as Instanced | null)?.instance?.uuid).find((found) => typeof found === 'string');
  const fault = error instanceof Error ? error : new Error(String(error));
  const told = {
    ...(uuid === undefined ? {} : { 'instance.uuid': uuid }),
    'fault.type': fault.name,
    'fault.message': fault.message,
  };
  notify(`${service}.${host}`, name, 'ERROR', told);
  notify(`nova-${service}:${host}`, 'compute.exception', 'ERROR', told);
}
