/** A process of nova on a host, e.g. `nova-compute` of `node1`. Plays `nova.objects.service.Service`. */
export interface Service {
  id: number;
  host: string;
  binary: string;
  topic: string;
  disabled: boolean;
  report_count: number;
  last_seen_up: string | null;
  version: number;
}
