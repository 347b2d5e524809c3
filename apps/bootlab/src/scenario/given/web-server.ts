import type { Given, GivenImage } from '@bootlab/scenario';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Content } from '../content/content';
import { servedContent } from './served-content';

/** One path of the server: what it answers. */
export type WebAnswer = NonNullable<Given['web']>[string] & { name?: string; header?: GivenImage['header'] };

/** What the thread is told: another path. */
export interface WebPath {
  path: string;
  answer: WebAnswer;
}

/**
 * The scenario's HTTP server, on a free port of this machine. It runs in a thread of its own, which nobody traces: to the
 * lab it is a stranger.
 */
export class WebServer {
  readonly #answers = new Map<string, WebAnswer>();

  private constructor(
    private readonly thread: Worker,
    readonly url: string,
  ) {}

  static async start(): Promise<WebServer> {
    const thread = new Worker(join(__dirname, 'web-thread.js'));
    const [url] = (await once(thread, 'message')) as [string];
    return new WebServer(thread, url);
  }

  /** Answers at a path from now on. */
  async add(path: string, answer: WebAnswer): Promise<void> {
    this.#answers.set(path, answer);
    this.thread.postMessage({ path, answer } satisfies WebPath);
    await once(this.thread, 'message');
  }

  /** Serves generated content; gives its URL. */
  async serve(name: string, size: number, header: GivenImage['header']): Promise<string> {
    const path = `/images/${name}`;
    await this.add(path, { size, name, header });
    return this.url + path;
  }

  /** What is served at a URL, when it is served here and whole. */
  contentAt(url: string): Content | undefined {
    const path = url.slice(this.url.length);
    const answer = url.startsWith(this.url) ? this.#answers.get(path) : undefined;
    return answer === undefined || answer.truncate !== undefined ? undefined : servedContent(path, answer);
  }

  async stop(): Promise<void> {
    await this.thread.terminate();
  }
}
