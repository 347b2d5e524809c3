import { Agent } from 'undici';

/** An image may carry 128 properties, all of them in headers. */
const LARGEST_HEADERS = 64 * 1024;

let agent: Agent | undefined;

/** The connections of this process, kept open between requests. */
export function sharedAgent(): Agent {
  return (agent ??= new Agent({ maxHeaderSize: LARGEST_HEADERS }));
}

export async function closeAgent(): Promise<void> {
  const open = agent;
  agent = undefined;
  await open?.destroy();
}
