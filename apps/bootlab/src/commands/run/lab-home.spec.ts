import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homeOfLab } from './lab-home';

describe('homeOfLab', () => {
  let server: Server | undefined;

  afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

  /** Something that answers at /lab/v1, and has a page for people at /. */
  async function answering(body: unknown): Promise<string> {
    const listening = createServer((request, response) => {
      response.end(request.url === '/lab/v1' ? JSON.stringify(body) : '<!doctype html>');
    });
    server = listening;
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it('asks the trace store at a URL for its home', async () => {
    await expect(homeOfLab(await answering({ home: '/nowhere' }))).rejects.toThrow('No lab runs in /nowhere');
  });

  it('says when what answers is no trace store', async () => {
    await expect(homeOfLab(await answering({ name: 'other' }))).rejects.toThrow('is no trace store of a lab');
  });
});
