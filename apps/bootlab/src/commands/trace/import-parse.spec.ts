import { Span, spansFromOtlp, toJaeger, toOtlp } from '@bootlab/trace-model';
import { exitCodes } from '../../cli/exit-codes';
import { parseTraces } from './import-parse';
import { documentUrl } from './import-read';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = (id: number, parent?: number) => ({
  traceId: ID,
  spanId: id.toString(16).padStart(16, '0'),
  parentSpanId: parent === undefined ? '' : parent.toString(16).padStart(16, '0'),
  name: `span ${id}`,
  kind: 2,
  startTimeUnixNano: '1795368871000001000',
  endTimeUnixNano: '1795368871000005000',
  attributes: [{ key: 'n', value: { intValue: id } }],
  status: id === 2 ? { code: 2, message: 'no' } : {},
});
const request = (...spans: unknown[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'compute-api' } }] },
      scopeSpans: [{ scope: { name: 's' }, spans }],
    },
  ],
});
const whole = request(span(1), span(2, 1));
const expected: Span[] = spansFromOtlp(whole);
const jaeger = toJaeger(expected);
const parse = (value: unknown) => parseTraces(typeof value === 'string' ? value : JSON.stringify(value), 'file');

describe('parseTraces', () => {
  it.each<[string, unknown]>([
    ["Jaeger's answer", jaeger],
    ['one trace of it', { data: jaeger.data[0] }],
    ['a bare trace', jaeger.data[0]],
    ['a list of traces', jaeger.data],
    ['OTLP', whole],
    ['a list of OTLP', [request(span(1)), request(span(2, 1))]],
    ["the answer of Jaeger's v3 API", { result: whole }],
    ['OTLP, a line each', `${JSON.stringify(request(span(1)))}\n\n${JSON.stringify(request(span(2, 1)))}\n`],
    ['Jaeger traces, a line each', `${JSON.stringify(jaeger.data[0])}\n`],
    ['what is exported as OTLP', toOtlp(expected)],
  ])('reads %s', (_, document) => expect(parse(document)).toEqual(expected));

  it.each<[string, unknown, RegExp]>([
    ['nothing', ' \n', /^file is empty: it takes Jaeger's JSON/],
    ['text', 'hello', /^file is not JSON \(.+\): it takes Jaeger's JSON/],
    ['a torn line', `${JSON.stringify(whole)}\n{"resourceSpans": [`, /^file:2 is not JSON \(/],
    ['other JSON', { a: 1 }, /^file cannot be imported: spans: .+ It takes Jaeger's JSON/],
    ['a number', 5, /^file cannot be imported: it: /],
    ['an empty trace', { data: [] }, /^file has no spans\.$/],
    [
      'a wrong field',
      {
        data: [
          { ...jaeger.data[0], spans: [jaeger.data[0]!.spans[0], { ...jaeger.data[0]!.spans[1], startTime: 'x' }] },
        ],
      },
      /^file cannot be imported: data\[0\]\.spans\[1\]\.startTime: /,
    ],
    ['a wrong id', request({ ...span(1), spanId: 'zz' }), /^file cannot be imported: A span has no valid spanId/],
    ['a wrong line', `${JSON.stringify(whole)}\n{"a": 1}`, /^file:2 cannot be imported: spans: /],
  ])('says what is wrong with %s', (_, document, message) => {
    expect(() => parse(document)).toThrow(message);
    expect(() => parse(document)).toThrow(expect.objectContaining({ exitCode: exitCodes.usage }));
  });
});

describe('documentUrl', () => {
  it.each([
    [`http://jaeger:16686/trace/${ID}?uiFind=a`, `http://jaeger:16686/api/traces/${ID}`],
    [`https://host/jaeger/trace/${ID}`, `https://host/jaeger/api/traces/${ID}`],
    [`http://jaeger:16686/api/traces/${ID}`, `http://jaeger:16686/api/traces/${ID}`],
    ['https://host/boot.json?raw=1', 'https://host/boot.json?raw=1'],
  ])('%s → %s', (url, document) => expect(documentUrl(url)).toBe(document));

  it('refuses the page of no trace', () => {
    expect(() => documentUrl('http://jaeger:16686/trace/abc')).toThrow('has no trace id: name the page of one trace.');
  });
});
