import { buffer } from 'node:stream/consumers';
import { DEMO_IMAGE_SIZE, demoImage, masterBootRecord } from './demo-image';

describe('the demo image', () => {
  it('has its size, and the same bytes each time', async () => {
    const [one, two] = await Promise.all([buffer(demoImage()), buffer(demoImage())]);
    expect(one).toHaveLength(DEMO_IMAGE_SIZE);
    expect(one.equals(two)).toBe(true);
    expect(one.subarray(0, 512).equals(masterBootRecord(DEMO_IMAGE_SIZE))).toBe(true);
  });

  it('begins with a master boot record: signature, one active partition to the end of the disk', () => {
    const sector = masterBootRecord(DEMO_IMAGE_SIZE);
    expect(sector).toHaveLength(512);
    expect(sector.readUInt16BE(510)).toBe(0x55aa);
    expect([sector[446], sector[450]]).toEqual([0x80, 0x83]);
    const first = sector.readUInt32LE(454);
    expect((first + sector.readUInt32LE(458)) * 512).toBe(DEMO_IMAGE_SIZE);
    expect(sector.subarray(462, 510).every((byte) => byte === 0)).toBe(true);
  });

  it('has boot code that points at its greeting', () => {
    const sector = masterBootRecord(DEMO_IMAGE_SIZE);
    const text = sector.readUInt16LE(7) - 0x7c00;
    expect(sector.toString('latin1', text, text + 13)).toBe('Nova Boot Lab');
    expect(sector.indexOf(0, text)).toBeLessThan(440);
  });
});
