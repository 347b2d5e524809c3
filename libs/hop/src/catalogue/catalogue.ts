import { closest } from 'fastest-levenshtein';
import type { CatalogueEntry } from './entry';
import glance from './queens/glance.json';
import glanceStore from './queens/glance_store.json';
import keystoneauth from './queens/keystoneauth.json';
import meta from './queens/meta.json';
import nova from './queens/nova.json';
import osloMessaging from './queens/oslo.messaging.json';
import osloMiddleware from './queens/oslo.middleware.json';
import osprofiler from './queens/osprofiler.json';
import glanceclient from './queens/python-glanceclient.json';

const repos: Record<string, unknown[]> = {
  nova,
  glance,
  glance_store: glanceStore,
  'python-glanceclient': glanceclient,
  keystoneauth,
  'oslo.messaging': osloMessaging,
  'oslo.middleware': osloMiddleware,
  osprofiler,
};

const entries = new Map<string, CatalogueEntry>();
for (const [repo, functions] of Object.entries(repos)) {
  for (const entry of functions as Omit<CatalogueEntry, 'repo'>[]) entries.set(entry.id, { ...entry, repo });
}

/** Flow name, e.g. `boot.api` → hop ids in the order in which the original runs them. */
export const flows: Readonly<Record<string, string[]>> = meta.flows;

/** Every function in the catalogue, by repository and then in the original's order. */
export function allEntries(): CatalogueEntry[] {
  return [...entries.values()];
}

export function findEntry(id: string): CatalogueEntry | undefined {
  return entries.get(id);
}

/** @throws Error naming the nearest id when there is no such function */
export function getEntry(id: string): CatalogueEntry {
  const entry = entries.get(id);
  if (!entry) throw new Error(`No hop ${id} in the catalogue. Did you mean ${closest(id, [...entries.keys()])}?`);
  return entry;
}

/** Ids of the functions that call `id`. */
export function callersOf(id: string): string[] {
  return allEntries().flatMap((entry) => (entry.calls?.includes(id) ? entry.id : []));
}

/** The name a hop has in a trace: `nova.compute.api.API._get_image` → `_get_image`. */
export function hopName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** Where the original's lines can be read. */
export function sourceUrl({ repo, file, lines, ref }: CatalogueEntry): string {
  return `https://opendev.org/openstack/${repo}/src/tag/${ref ?? meta.tag}/${file}#L${lines[0]}-L${lines[1]}`;
}
