import { Span, toOtlp } from '@bootlab/trace-model';
import { setTimeout as pause } from 'node:timers/promises';
import { spanWeight } from './span-weight';

/** Where forwarding stands. Counts since the start. */
export interface ForwardStatus {
  /** Base URL of the receiver. */
  to: string;
  forwarded: number;
  waiting: number;
  dropped: number;
  /** Why the last try failed; absent once one has succeeded. */
  trouble?: string;
}

export interface ForwardQueueOptions {
  /** Spans kept for a receiver that is away. */
  mostWaiting?: number;
  /** About how many bytes of spans are kept for it. */
  mostBytes?: number;
  /** Milliseconds before the second try; each further one waits twice as long. */
  firstPauseMs?: number;
  /** Told of the first failure after a success, of each drop, and of the recovery. */
  tell?: (level: 'log' | 'warn', message: string) => void;
}

/** Far more than a minute of boots, at about 2 KiB a span. */
const MOST_WAITING = 50_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Spans and bytes of one request; receivers refuse what is much larger. */
const BATCH = 500;
const BATCH_BYTES = 2 * 1024 * 1024;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
const ANSWER_MS = 10_000;
/** What OTLP lets a sender try again. */
const RETRYABLE = [408, 429, 502, 503, 504];

/** The receiver will never take these spans. */
class Refused extends Error {}

/**
 * Sends spans to an OTLP/HTTP receiver, batch after batch in the order in which they came. A batch that the receiver cannot
 * take now is tried again until it can, so it may get a span twice and misses none; what does not fit into the queue
 * meanwhile is dropped and counted.
 */
export class ForwardQueue {
  #waiting: Span[] = [];
  #bytes = 0;
  #forwarded = 0;
  #dropped = 0;
  #trouble?: string;
  #sending?: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #url: string;

  constructor(
    private readonly to: string,
    private readonly options: ForwardQueueOptions = {},
  ) {
    this.#url = `${to.replace(/\/+$/, '')}/v1/traces`;
  }

  get status(): ForwardStatus {
    const { to } = this;
    const trouble = this.#trouble;
    return { to, forwarded: this.#forwarded, waiting: this.#waiting.length, dropped: this.#dropped, trouble };
  }

  add(spans: readonly Span[]): void {
    const { mostWaiting = MOST_WAITING, mostBytes = MOST_BYTES } = this.options;
    let kept = 0;
    for (const span of spans) {
      const bytes = this.#bytes + spanWeight(span);
      if (this.#waiting.length >= mostWaiting || bytes > mostBytes) break;
      this.#bytes = bytes;
      this.#waiting.push(span);
      kept++;
    }
    if (kept < spans.length) this.#drop(spans.length - kept, 'too many wait for it');
    this.#sending ??= this.#sendAll();
  }

  /** Sends what waits, for at most `graceMs`; the rest is dropped. */
  async stop(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.#stopping.abort(), graceMs);
    await this.#sending;
    clearTimeout(timer);
  }

  async #sendAll(): Promise<void> {
    // Lets the spans of one moment gather.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#deliver(batch);
        this.#forwarded += batch.length;
      } catch (error) {
        if (this.#stopping.signal.aborted) {
          this.#drop(this.#waiting.length, 'the lab stops');
          this.#waiting = [];
          this.#bytes = 0;
          break;
        }
        this.#drop(batch.length, (error as Error).message);
      }
      this.#waiting.splice(0, batch.length);
      for (const span of batch) this.#bytes -= spanWeight(span);
    }
    this.#sending = undefined;
  }

  /** At least one span. */
  #nextBatch(): Span[] {
    let end = 0;
    for (let bytes = 0; end < Math.min(BATCH, this.#waiting.length); end++) {
      bytes += spanWeight(this.#waiting[end]!);
      if (end > 0 && bytes > BATCH_BYTES) break;
    }
    return this.#waiting.slice(0, end);
  }

  /** @throws Refused, or the reason why it was given up while stopping */
  async #deliver(batch: readonly Span[]): Promise<void> {
    const body = JSON.stringify(toOtlp(batch));
    for (let wait = this.options.firstPauseMs ?? FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await this.#post(body);
        if (this.#trouble !== undefined) this.options.tell?.('log', `${this.to} takes spans again.`);
        this.#trouble = undefined;
        return;
      } catch (error) {
        if (error instanceof Refused) throw error;
        const { code, message } = error as NodeJS.ErrnoException;
        if (this.#trouble === undefined) {
          this.options.tell?.('warn', `${this.to} does not take spans (${code ?? message}); they wait for it.`);
        }
        this.#trouble = code ?? message;
      }
      await pause(wait, undefined, { signal: this.#stopping.signal });
    }
  }

  async #post(body: string): Promise<void> {
    // Loaded here: a lab that forwards nothing does without an HTTP client.
    const { request } = await import('undici');
    const answer = await request(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
      signal: this.#stopping.signal,
    });
    const { statusCode } = answer;
    await answer.body.dump();
    if (statusCode < 300) return;
    if (RETRYABLE.includes(statusCode)) throw new Error(`status ${statusCode}`);
    throw new Refused(`it answered ${statusCode}`);
  }

  #drop(count: number, why: string): void {
    this.#dropped += count;
    this.options.tell?.(
      'warn',
      `${count} spans are not passed on to ${this.to}: ${why}. Dropped so far: ${this.#dropped}.`,
    );
  }
}
