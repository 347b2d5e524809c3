import { fromJaeger, fromOsprofiler, isOsprofiler, Span, spansFromOtlp } from '@bootlab/trace-model';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { jaegerComplaint } from './import-shape';

type Json = Record<string, unknown>;

const FORMS = "Jaeger's JSON, OTLP/JSON, one of these a line, or what `osprofiler trace show --json` prints";

/**
 * The spans of a document in any of the forms that are imported.
 * @param source what to call it in messages
 * @throws Failure in one sentence with the place of the first mistake
 */
export function parseTraces(text: string, source: string): Span[] {
  if (text.trim() === '') throw new Failure(`${source} is empty: it takes ${FORMS}.`, exitCodes.usage);
  const whole = parseJson(text);
  const spans = 'value' in whole ? spansOf(whole.value, source) : spansOfLines(text, source, whole.error);
  if (spans.length === 0) throw new Failure(`${source} has no spans.`, exitCodes.usage);
  return spans;
}

function parseJson(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** @param wholeError why the text as a whole is no JSON: what is told when its first line is none either */
function spansOfLines(text: string, source: string, wholeError: string): Span[] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = parseJson(line);
    if ('value' in parsed) return spansOf(parsed.value, `${source}:${index + 1}`);
    if (index === first)
      throw new Failure(`${source} is not JSON (${wholeError}): it takes ${FORMS}.`, exitCodes.usage);
    throw new Failure(`${source}:${index + 1} is not JSON (${parsed.error}).`, exitCodes.usage);
  });
}

function spansOf(document: unknown, place: string): Span[] {
  try {
    if (isOsprofiler(document)) return fromOsprofiler(document);
    const requests = otlpRequests(document);
    if (requests !== undefined) return requests.flatMap(spansFromOtlp);
    const complaint = jaegerComplaint(document);
    if (complaint === undefined) return fromJaeger(document);
    throw new Error(`${complaint}. It takes ${FORMS}.`);
  } catch (error) {
    throw new Failure(`${place} cannot be imported: ${(error as Error).message}`, exitCodes.usage, { cause: error });
  }
}

/** OTLP's requests in a document: one, a list of them, or what Jaeger's v3 API answers; undefined for anything else. */
function otlpRequests(document: unknown): unknown[] | undefined {
  const { result } = (document ?? {}) as Json;
  const found = result ?? document;
  const items: unknown[] = Array.isArray(found) ? found : [found];
  const isRequest = (item: unknown) => typeof item === 'object' && item !== null && 'resourceSpans' in item;
  return items.length > 0 && items.every(isRequest) ? items : undefined;
}
