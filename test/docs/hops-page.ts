import { allEntries, CatalogueEntry, flows, getEntry, reasonNotPlayed, sourceUrl } from '@bootlab/hop';

const titles: Record<string, string> = {
  'boot.api': 'nova-api: POST /v2.1/servers up to the cast',
  'boot.conductor_scheduler': 'nova-conductor: from one cast to the next',
  'boot.compute': 'nova-compute: building the instance',
  'boot.libvirt_image': 'nova-compute: from spawn to the image bytes',
  'boot.reschedule': 'From a host that failed to the next one',
  'glance_v1.meta': 'glance-api: HEAD /v1/images/{id}',
  'glance_v1.list': 'glance-api: GET /v1/images',
  'glance_v1.create_with_data': 'glance-api: POST /v1/images with data',
  'glance_v1.download': 'glance-api: GET /v1/images/{id}',
};

function row(entry: CatalogueEntry): string {
  const lines = `[${entry.file}:${entry.lines[0]}](${sourceUrl(entry)})`;
  return `| \`${entry.id}\` | ${entry.level} | ${(entry.services ?? []).join(', ')} | ${lines} | ${entry.role.replaceAll('|', '\\|')} |`;
}

const HEAD = '| Hop | Level | Service | Queens | Role |\n| --- | --- | --- | --- | --- |';

/** docs/hops.md: every hop the lab plays, flow by flow, and what it leaves out with the reason. */
export function hopsPage(): string {
  const parts = [
    '# The hops',
    'Written by `npm run docs` from the catalogue. A hop is one function of OpenStack Queens that the lab plays; `npx bootlab hop show ID` tells more about one.',
  ];
  const shown = new Set<string>();
  for (const [flow, ids] of Object.entries(flows)) {
    const entries = [...new Set(ids)].map(getEntry);
    const played = entries.filter(({ id }) => reasonNotPlayed(id) === undefined && !shown.has(id));
    const left = entries.filter(({ id }) => reasonNotPlayed(id) !== undefined);
    for (const { id } of played) shown.add(id);
    parts.push(`## ${titles[flow] ?? flow}`, [HEAD, ...played.map(row)].join('\n'));
    if (left.length > 0) {
      parts.push('Left out:', left.map(({ id }) => `- \`${id}\`: ${reasonNotPlayed(id)}`).join('\n'));
    }
  }
  const helpers = allEntries().filter(({ id, level }) => level !== undefined && !shown.has(id) && !reasonNotPlayed(id));
  parts.push('## Beside these flows', [HEAD, ...helpers.map(row)].join('\n'));
  return `${parts.join('\n\n')}\n`;
}
