/** What every service of nova says it is at Queens. */
export const SERVICE_VERSION = 30;

/** A process of nova that says it is there. */
export interface ServiceReport {
  host: string;
  binary: string;
  topic: string;
  version: number;
}

/** What is known of such a process. Plays `nova.objects.service.Service`. Times in ISO 8601. */
export interface Service extends ServiceReport {
  id: number;
  /** An administrator lets nothing new be built there. */
  disabled: boolean;
  /** Somebody knows better than its reports that it is down. */
  forced_down: boolean;
  report_count: number;
  last_seen_up: string | null;
  created_at: string;
  updated_at: string | null;
}
