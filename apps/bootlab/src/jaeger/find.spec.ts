import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answersAsJaeger, onPath } from './find';

describe('answersAsJaeger', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["today's Jaeger", { '/api/v3/services': '{"services": []}' }, true],
    ['an older Jaeger', { '/api/services': '{"data": ["a"], "total": 1}' }, true],
    ['another program', { '/api/v3/services': '<html>', '/api/services': '{}' }, false],
    ['a program that knows neither', {}, false],
  ])('of %s', async (_, answers, expected) => {
    const server = createServer(({ url = '' }, response) => {
      const answer = answers[url];
      if (answer === undefined) response.writeHead(404).end();
      else response.end(answer);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect(await answersAsJaeger(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe(expected);
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  it('of nothing', async () => expect(await answersAsJaeger('http://127.0.0.1:1')).toBe(false));
});

describe('onPath', () => {
  it('finds a program, and no folder or file that cannot be run', () => {
    expect(onPath('sh', { PATH: '/nowhere:/bin' })).toBe('/bin/sh');
    expect(onPath('passwd', { PATH: '/etc' })).toBeUndefined();
    expect(onPath('bin', { PATH: '/' })).toBeUndefined();
    expect(onPath('sh', {})).toBeUndefined();
  });
});
