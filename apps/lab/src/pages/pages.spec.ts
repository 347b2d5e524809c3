import { otlpRequest, spanId, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';

let lab: StartedLab;
beforeAll(async () => {
  lab = await startLab();
  await lab.send(
    otlpRequest(
      { trace: 1, id: 1, kind: 2, name: 'POST /servers', took: 50 },
      {
        trace: 1,
        id: 2,
        parent: 1,
        name: '<script>alert(1)</script>',
        error: 'no "image" & <b>more</b>',
        attributes: {
          'hop.level': 'detail',
          'code.function.name': 'nova.compute.api.API._get_image',
          'code.url': 'https://opendev.org/x#L1',
          'code.file.path': 'nova/compute/api.py',
          'code.line.number': 787,
          'chain.decision': 'passed',
          'chain.next': 'show',
          'image.id': 'abc',
        },
      },
      { trace: 2, id: 1, name: 'other', service: 'registry', attributes: { 'code.url': 'javascript:alert(1)' } },
    ),
  );
});
afterAll(() => lab.stop());

const page = async (url: string) => {
  const { status, type, text } = await lab.call('GET', url);
  expect([url, status, type]).toEqual([url, 200, 'text/html; charset=utf-8']);
  return text;
};

describe('GET /', () => {
  it('lists traces, narrowed to what is asked for', async () => {
    const all = await page('/');
    expect(all).toContain(`href="/trace/${traceId(1)}"`);
    expect(all).toContain('✗ POST /servers');
    for (const query of [
      'tag=image.id:abc',
      'name=POST%20/servers',
      'service=compute-api',
      'tag=image.id%3Dabc&service=',
    ]) {
      const found = await page(`/?${query}`);
      expect(found).toContain(`href="/trace/${traceId(1)}"`);
      expect(found).not.toContain(`href="/trace/${traceId(2)}"`);
    }
    expect(await page('/?name=%22%3E%3Cscript%3E')).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect((await lab.call('GET', '/?tag=x')).status).toBe(400);
  });
});

describe('GET /trace/:id', () => {
  it('shows the spans of a level', async () => {
    expect((await page(`/trace/${traceId(1)}`)).match(/<details/g)).toHaveLength(1);
    const detail = await page(`/trace/${traceId(1)}?level=detail`);
    expect(detail.match(/<details/g)).toHaveLength(2);
    expect(detail).toContain('href="https://opendev.org/x#L1"');
    expect(detail).toContain('nova/compute/api.py:787');
    expect(detail).toContain('It <b>passed</b> the request on to <b>show</b>.');
    expect(detail).toContain('✗ no &quot;image&quot; &amp; &lt;b&gt;more&lt;/b&gt;');
  });

  it('opens the span that is asked for, at a level that has it', async () => {
    const sought = /<details open class="sought">\s*<summary autofocus>\s*<div class="name [^"]*" [^>]*>([^<]*)/g;
    const at = async (query: string) => [...(await page(`/trace/${traceId(1)}?${query}`)).matchAll(sought)];
    expect((await at(`span=${spanId(1)}`)).map(([, name]) => name!.trim())).toEqual(['POST /servers']);
    expect((await at(`span=${spanId(2)}`)).map(([, name]) => name!.trim())).toEqual([
      '✗ &lt;script&gt;alert(1)&lt;/script&gt;',
    ]);
    expect(await at(`span=${spanId(2)}&level=story`)).toEqual([]);
    expect(await page(`/trace/${traceId(1)}?span=${spanId(1)}`)).toContain(`?level=detail&amp;span=${spanId(1)}"`);
    expect((await lab.call('GET', `/trace/${traceId(1)}?span=${spanId(9)}`)).status).toBe(404);
  });

  it('runs nothing that a span says', async () => {
    expect(await page(`/trace/${traceId(1)}?level=detail`)).not.toContain('<script');
    expect(await page(`/trace/${traceId(2)}`)).not.toContain('href="javascript');
  });

  it('says what is wrong', async () => {
    expect((await lab.call('GET', `/trace/${traceId(1)}?level=all`)).status).toBe(400);
    expect((await lab.call('GET', '/trace/xyz')).status).toBe(400);
    expect((await lab.call('GET', `/trace/${traceId(9)}`)).status).toBe(404);
  });
});

describe('GET /source', () => {
  it('sends on to the lines of the original, and nowhere else', async () => {
    const url = '/source?hop=nova.compute.api.API._get_image';
    const answer = await lab.app.inject({ method: 'GET', url });
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toMatch(/^https:\/\/opendev\.org\/openstack\/nova\/.*nova\/compute\/api\.py#L\d+/);
    expect((await lab.call('GET', '/source?hop=https://evil.example')).status).toBe(404);
    expect((await lab.call('GET', '/source')).status).toBe(404);
  });
});
