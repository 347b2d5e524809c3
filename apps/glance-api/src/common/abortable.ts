/** What `work` gives, unless `signal` says stop first: then rejects with the signal's reason. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.finally(() => signal.removeEventListener('abort', stop)).then(resolve, reject);
  });
}

/** Gives the chunks until `signal` says stop, even while a chunk is waited for. */
export async function* abortable(data: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const source = data[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await untilAborted(source.next(), signal);
      if (result.done) return;
      yield result.value;
    }
  } finally {
    const closed = source.return?.();
    // A source that hangs ends with its store; its failure then tells nothing new.
    if (signal.aborted) closed?.catch(() => undefined);
    else await closed;
  }
}
