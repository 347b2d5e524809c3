import type { RequestContext } from '@bootlab/openstack';

type Close = () => Promise<void>;

const opened = new WeakMap<RequestContext, Close>();

/** Has `close` called when the request fails before its answer begins; from then on the answer closes what it reads. */
export function closeOnFault(context: RequestContext, close: Close): void {
  opened.set(context, close);
}

/** Closes what the request has opened. */
export async function closeOpened(context: RequestContext): Promise<void> {
  await opened.get(context)?.();
}
