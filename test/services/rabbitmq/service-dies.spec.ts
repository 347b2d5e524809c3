import { postServers, RabbitLab, statuses } from './rabbit-lab';

const BOOTS = 12;

describe('a service that dies in mid-boot', () => {
  let rabbit: RabbitLab;

  beforeAll(async () => {
    rabbit = await RabbitLab.start();
    await rabbit.upload();
  }, 60_000);
  afterAll(() => rabbit.stop(), 60_000);

  it('leaves its messages to the next: every boot ends well', async () => {
    const { lab } = rabbit;
    await postServers(lab, BOOTS);
    process.kill(lab.pids['conductor']!, 'SIGKILL');
    let found: string[];
    do found = await statuses(lab);
    while (found.includes('BUILD'));
    expect(found).toEqual(Array(BOOTS).fill('ACTIVE'));
  }, 90_000);
});
