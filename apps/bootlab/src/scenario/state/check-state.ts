import { Assertion, AssertionReport, describeAssertion } from '@bootlab/scenario';
import type { CaseRun } from '../case-run';
import { fill } from '../fill';
import { quietly } from '../quietly';
import { bytesFacts } from './bytes';
import type { Fact } from './facts';
import { httpFacts } from './http';
import { imageFacts } from './image';
import { listedFacts } from './listed';
import { serverFacts } from './server';

function facts(run: CaseRun, assertion: Assertion): Promise<Fact[]> | Fact[] {
  const { of, server, image, http, bytes_equal: bytes, listed } = assertion;
  if (server) return serverFacts(run, server, server.of ?? of);
  if (image) return imageFacts(run, image);
  if (http) return httpFacts(run, http, http.of ?? of);
  if (bytes) return bytesFacts(run, bytes, bytes.of ?? of);
  return listedFacts(run, listed!, listed!.of ?? of);
}

/** Looks whether what the assertion says of the cloud's state holds now. */
export async function checkState(run: CaseRun, assertion: Assertion, place: string): Promise<AssertionReport> {
  const { why } = assertion;
  try {
    const all = await quietly(async () => facts(run, fill(run, assertion)));
    const wrong = all.filter(({ ok }) => !ok);
    const list = (key: 'expected' | 'found') => wrong.map((fact) => `${fact.what} ${fact[key]}`.trim()).join(', ');
    const report = { text: describeAssertion(assertion), why, place, ok: wrong.length === 0, nearest: [], excerpt: [] };
    return report.ok ? report : { ...report, expected: list('expected'), found: list('found') };
  } catch (error) {
    return {
      text: describeAssertion(assertion),
      why,
      place,
      ok: false,
      found: (error as Error).message,
      nearest: [],
      excerpt: [],
    };
  }
}
