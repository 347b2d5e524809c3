import { encodeFaultPlan, Fault, hopName } from '@bootlab/hop';
import type { Span, SpanEvent } from '@bootlab/trace-model';
import { imageIdOf, postImage } from '../support/images';
import { OwnLab, startOwnLab } from '../support/own-lab';

const DEADLINE_MS = 20_000;
let plans = 0;

/** The `baggage` header of a request that carries these faults, under a plan of its own. */
export function baggage(...faults: Fault[]): Record<string, string> {
  const entries = encodeFaultPlan({
    id: `plan-${++plans}`,
    seed: 7,
    deadlineUnixMs: Date.now() + DEADLINE_MS,
    faults,
  });
  return {
    baggage: Object.entries(entries)
      .map(([key, { value }]) => `${key}=${encodeURIComponent(value)}`)
      .join(','),
  };
}

export interface Traced {
  complete: boolean;
  missing: string[];
  spans: Span[];
}

export interface Server {
  status: string;
  'OS-EXT-SRV-ATTR:host': string | null;
  fault?: { code: number; message: string };
}

interface Status {
  services: { service: string; state: string; pid?: number; url?: string }[];
}

/** A lab and requests to it that carry faults. */
export class FaultyLab {
  private constructor(readonly own: OwnLab) {}

  static async start(extra: Record<string, string> = {}): Promise<FaultyLab> {
    return new FaultyLab(await startOwnLab(extra));
  }

  /** A request to glance-api. */
  async glance(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.own.urls['glance-api']}${path}`, init);
  }

  /** Makes an image; its bytes are the body, or lie where `headers` say. Gives its id. */
  async createImage(headers: Record<string, string>, body?: Buffer): Promise<string> {
    return imageIdOf(await postImage(this.own.urls['glance-api']!, headers, body));
  }

  /** Asks for a server; gives its id and the id of the trace. */
  async boot(imageRef: string, headers: Record<string, string>): Promise<{ id: string; traceId: string }> {
    const answer = await fetch(`${this.own.urls['compute-api']}/v2.1/servers`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ server: { name: 'one', imageRef, flavorRef: '1', networks: 'none' } }),
    });
    expect(answer.status).toBe(202);
    const { server } = (await answer.json()) as { server: { id: string } };
    return { id: server.id, traceId: traceIdOf(answer) };
  }

  async server(id: string): Promise<Server> {
    const answer = await fetch(`${this.own.urls['compute-api']}/v2.1/servers/${id}`);
    return ((await answer.json()) as { server: Server }).server;
  }

  /** What the store has of a trace once it is whole, or after `timeout` seconds. */
  async trace(traceId: string, timeout = 15): Promise<Traced> {
    const answer = await fetch(`${this.own.urls['lab']}/lab/v1/traces/${traceId}?wait=complete&timeout=${timeout}`);
    return (await answer.json()) as Traced;
  }

  /** The spans of a hop in the whole trace that an answer belongs to. */
  async hopSpans(answer: Response, hop: string): Promise<Span[]> {
    const { complete, missing, spans } = await this.trace(traceIdOf(answer));
    expect({ complete, missing }).toEqual({ complete: true, missing: [] });
    return spansOf(spans, hop);
  }

  /** Waits until a service that was killed runs again, and gives its URL. */
  async restarted(service: string): Promise<string> {
    for (;;) {
      // The command fails as long as a service is down, and still says what there is.
      const { stdout } = await this.own.bootlab('status', '--json').catch((error: { stdout: string }) => error);
      const { services } = JSON.parse(stdout) as Status;
      const now = services.find((candidate) => candidate.service === service);
      if (now?.state === 'up' && now.pid !== this.own.pids[service]) {
        this.own.pids[service] = now.pid ?? 0;
        return (this.own.urls[service] = now.url ?? '');
      }
    }
  }
}

export function traceIdOf(answer: Response): string {
  return answer.headers.get('traceresponse')?.split('-')[1] ?? '';
}

export function spansOf(spans: Span[], hop: string): Span[] {
  return spans.filter(({ name, attributes }) => name === hopName(hop) && attributes['code.function.name'] === hop);
}

/** The firings told on a span. */
export function firings(span: Span | undefined): SpanEvent['attributes'][] {
  return (span?.events ?? []).filter(({ name }) => name === 'fault.fired').map(({ attributes }) => attributes);
}
