import type { Fault } from '@bootlab/hop';
import { hopId, Span } from '@bootlab/trace-model';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { createServer, Server as WebServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generatedContent } from '../../apps/bootlab/src/scenario/content/content';
import { BootPlan, IMAGE_BYTES, Place, sources } from './boot-plans';
import { baggage, FaultyLab, Traced, traceIdOf } from './faulty-lab';
import { droppedCasts, guestWasLeft } from './unfinished';

const DEADLINE_MS = 15_000;
const LOOK_EVERY_MS = 20;
const BROKEN_TRACE_SECONDS = 1;
const FINAL = ['ACTIVE', 'ERROR'];

/** What came of one request for a server. */
export interface Boot {
  /** Absent when the API refused, or died. */
  id?: string;
  /** The server's; `refused` and `unanswered` when there is none. */
  status: string;
  message?: string;
  /** Absent when the API died before it answered. */
  trace?: Traced;
}

function placesIn(spans: readonly Span[]): Place[] {
  return spans.flatMap(({ service, attributes }) => (hopId(attributes) === undefined ? [] : [{ hop: hopId(attributes)!, service }])); // prettier-ignore
}

/** One lab in which boots go wrong, one after the other, and what is left behind after each. */
export class FaultyBoots {
  readonly #warm = new Map<string, string>();
  /** Servers whose guests nova leaves running. */
  readonly #left = new Set<string>();

  private constructor(
    readonly lab: FaultyLab,
    private readonly web: WebServer,
  ) {}

  static async start(): Promise<FaultyBoots> {
    const bytes = await content('raw');
    const web = createServer((request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    });
    await once(web.listen(0, '127.0.0.1'), 'listening');
    return new FaultyBoots(await FaultyLab.start({ BOOTLAB_LAB__LAB__LEVEL: 'detail' }), web);
  }

  async stop(): Promise<void> {
    await this.lab.own.stop();
    this.web.closeAllConnections();
    this.web.close();
  }

  /** A new image of that kind. */
  async image(source: BootPlan['source']): Promise<string> {
    if (source !== 'http') return this.lab.createImage({ 'x-image-meta-disk_format': source }, await content(source));
    const location = `http://127.0.0.1:${(this.web.address() as AddressInfo).port}/disk.raw`;
    return this.lab.createImage({ 'x-image-meta-location': location, 'x-image-meta-size': String(IMAGE_BYTES) });
  }

  /** An image of that kind that the host has in its cache. */
  async warmImage(source: BootPlan['source']): Promise<string> {
    const known = this.#warm.get(source);
    if (known !== undefined) return known;
    const image = await this.image(source);
    await this.boot(image);
    await this.deleteAll();
    this.#warm.set(source, image);
    return image;
  }

  /**
   * Asks for a server, and waits for the whole trace and the server's end, at most until the deadline.
   * @param wait false when the trace will not be whole
   */
  async boot(image: string, faults: Fault[] = [], wait = true): Promise<Boot> {
    const answer = await fetch(`${this.#nova}/servers`, {
      method: 'POST',
      headers: faults.length === 0 ? {} : baggage(...faults),
      body: JSON.stringify({ server: { name: 'one', imageRef: image, flavorRef: '1', networks: 'none' } }),
    }).catch(() => undefined);
    if (answer === undefined) return { status: 'unanswered' };
    const { server, ...refusal } = (await answer.json()) as { server?: { id: string } };
    const trace = await this.lab.trace(traceIdOf(answer), wait ? DEADLINE_MS / 1000 : BROKEN_TRACE_SECONDS);
    if (server === undefined) return { status: 'refused', message: JSON.stringify(refusal), trace };
    if (guestWasLeft(trace.spans)) this.#left.add(server.id);
    return { id: server.id, trace, ...(await this.#ended(server.id, trace)) };
  }

  /** Deletes every server and waits until all are gone. */
  async deleteAll(): Promise<void> {
    for (const { id } of await this.#servers()) await fetch(`${this.#nova}/servers/${id}`, { method: 'DELETE' });
    const deadline = performance.now() + DEADLINE_MS;
    while ((await this.#servers()).length > 0) {
      if (performance.now() > deadline) throw new Error(`Servers were not deleted within ${DEADLINE_MS} ms.`);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** What is on the compute host beside whole images and the disks of servers that are not in ERROR. */
  async leftovers(): Promise<string[]> {
    const instances = join(this.lab.own.home, 'instances');
    const alive = (await this.#servers()).flatMap(({ id, status }) => (status === 'ERROR' ? [] : [id]));
    const base = readdirSync(join(instances, '_base')).filter((name) => !/^[0-9a-f]{40}(_\d+)?$/.test(name));
    const disks = readdirSync(instances).filter(
      (name) => name !== '_base' && ![...alive, ...this.#left].includes(name),
    );
    return [...base.map((name) => `_base/${name}`), ...disks];
  }

  /** Every hop that boots pass, also those that fail: without the image's file, and without room. */
  async places(): Promise<Place[]> {
    const found: Place[] = [];
    for (const source of sources) {
      const image = await this.image(source);
      const boots = [await this.boot(image), await this.boot(image)];
      const lost = await this.image(source);
      if (source !== 'http') rmSync(join(this.lab.own.home, 'images', lost));
      boots.push(
        await this.boot(lost, [{ hop: 'nova.virt.images.fetch', kind: 'error', exception: 'builtins.OSError' }]),
      );
      found.push(...boots.flatMap(({ trace }) => placesIn(trace!.spans)));
      await this.deleteAll();
    }
    return [...new Map(found.map((place) => [`${place.hop} ${place.service}`, place])).values()];
  }

  get #nova(): string {
    return `${this.lab.own.urls['compute-api']}/v2.1`;
  }

  async #servers(): Promise<{ id: string; status: string }[]> {
    const answer = await fetch(`${this.#nova}/servers/detail`);
    return ((await answer.json()) as { servers: { id: string; status: string }[] }).servers;
  }

  /** Nothing happens any more to a server whose whole trace is there, or whose cast was dropped; others have time until the deadline. */
  async #ended(id: string, { complete, spans }: Traced): Promise<{ status: string; message?: string }> {
    const isOver = complete || droppedCasts(spans) > 0;
    const deadline = performance.now() + (isOver ? 0 : DEADLINE_MS);
    for (;;) {
      const { status, fault } = await this.lab.server(id);
      if (FINAL.includes(status) || performance.now() >= deadline) return { status, message: fault?.message };
      await pause(LOOK_EVERY_MS);
    }
  }
}

async function content(source: 'raw' | 'qcow2'): Promise<Buffer> {
  const header = source === 'raw' ? 'none' : source;
  return Buffer.concat(await generatedContent('disk', IMAGE_BYTES, header).read().toArray());
}
