import { findEntry } from '../catalogue/catalogue';

/** Ways of calling that leave the process or the caller's stack, so that what the callee raises does not come back as it is. */
const elsewhere = ['rpc', 'http', 'green thread'];

/** An exception by its plain name, and the repository of the function that raises it. */
export interface Raisable {
  name: string;
  repo: string;
}

/** What the hop and all that it calls in its own process can raise, as the catalogue has it, the hop's own first. */
export function raisableExceptions(id: string): Raisable[] {
  const found = new Map<string, Raisable>();
  const seen = new Set<string>();
  const waiting = [id];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const entry = findEntry(next);
    if (!entry || seen.has(next)) continue;
    seen.add(next);
    const { repo, raises = [], calls = [], via = {} } = entry;
    for (const { exception: name } of raises) {
      if (name !== 'any') found.set(`${repo} ${name}`, { name, repo });
    }
    waiting.push(...calls.filter((callee) => !elsewhere.some((way) => via[callee]?.startsWith(way))));
  }
  return [...found.values()];
}
