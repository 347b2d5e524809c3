import { messagingException, novaException, RequestContext } from '@bootlab/openstack';
import { RpcEndpoint, RpcMethod } from '@bootlab/rpc';
import { z } from 'zod';
import { RemotableMethods } from './remotable-methods';
import { objectAction, objectClassAction } from './remotable-schemas';

/** Runs methods of nova's objects for those without a database. Plays `nova.conductor.manager.ConductorManager`. */
@RpcEndpoint({ version: '3.0' })
export class ConductorManager {
  constructor(private readonly methods: RemotableMethods) {}

  /**
   * Runs a method on the object that was sent along, and gives its changed fields with the method's result.
   * @throws NoSuchMethod for a method that is not remotable, ObjectActionError for fields or arguments it does not take
   */
  @RpcMethod('object_action')
  async objectAction(_: RequestContext, args: unknown): Promise<[Record<string, unknown>, null]> {
    const { objinst, objmethod, kwargs } = parse('object_action', () => objectAction.parse(args));
    const { 'nova_object.data': data, 'nova_object.changes': changed } = objinst;
    const name = `${objinst['nova_object.name']}.${objmethod}`;
    const method = this.methods.ofObjects.get(name);
    if (!method) throw new messagingException.NoSuchMethod({ method: name });
    const changes = Object.fromEntries(changed.map((field) => [field, data[field]]));
    return [await run(name, () => method(data, changes, kwargs)), null];
  }

  /** Runs a class method of an object. @throws as {@link objectAction} */
  @RpcMethod('object_class_action_versions')
  async objectClassActionVersions(context: RequestContext, args: unknown): Promise<unknown> {
    const { objname, objmethod, kwargs } = parse('object_class_action_versions', () => objectClassAction.parse(args));
    const name = `${objname}.${objmethod}`;
    const method = this.methods.ofClasses.get(name);
    if (!method) throw new messagingException.NoSuchMethod({ method: name });
    return run(name, async () => method(context, kwargs));
  }
}

function refused(action: string, error: unknown): unknown {
  if (!(error instanceof z.ZodError)) return error;
  const reason = error.issues.map(({ path, message }) => `${path.join('.') || 'the message'}: ${message}`).join('; ');
  return new novaException.ObjectActionError({ action, reason });
}

function parse<T>(action: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refused(action, error);
  }
}

async function run<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refused(action, error);
  }
}
