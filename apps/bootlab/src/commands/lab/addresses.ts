import { sheet } from '../../cli/table';
import { jaegerUrl } from '../../cloud/trace-link';
import type { LabServiceName } from '../../lab';

/** What a user can open or send requests to. */
export function addressSheet(urls: Readonly<Partial<Record<LabServiceName, string>>>): string {
  const jaeger = jaegerUrl();
  return sheet({
    'Compute API': `${urls['compute-api'] ?? ''}/v2.1/servers`,
    'Image API': `${urls['glance-api'] ?? ''}/v1/images`,
    Traces: `${urls.lab ?? ''}/`,
    ...(jaeger === undefined ? {} : { Jaeger: jaeger }),
  });
}
