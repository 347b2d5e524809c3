import { notificationLine } from './line';

describe('notificationLine', () => {
  const line = (event_type: string, payload: unknown) =>
    notificationLine({
      timestamp: '2026-11-22 23:29:47.125000',
      priority: 'INFO',
      event_type,
      publisher_id: 'image.host',
      payload,
    } as Parameters<typeof notificationLine>[0]);

  it.each([
    ['image.send', { bytes_sent: 4, image_id: 'an image' }, 'an image'],
    ['image.activate', { id: 'an image', status: 'active' }, 'an image active'],
    ['instance.create.end', { 'nova_object.data': { uuid: 'a server', state: 'active' } }, 'a server active'],
  ])('says of %s what it is about', (event, payload, told) => {
    const text = line(event, payload);
    expect(text).toContain(event);
    expect(text.endsWith(` ${told}`)).toBe(true);
  });
});
