import { findHop, whyNotPlayed } from './find';

describe('findHop', () => {
  it('takes the dotted name, or the end of it', () => {
    const { id } = findHop('nova.compute.api.API._get_image');
    expect(findHop('_get_image').id).toBe(id);
    expect(findHop('API._get_image').id).toBe(id);
  });

  it('names all when several are called so', () => {
    expect(() => findHop('Controller.show')).toThrow(
      /^\d hops are called Controller\.show; give more of one's name:\n {2}glance\./,
    );
  });

  it('suggests the nearest', () => {
    expect(() => findHop('_get_imag')).toThrow('There is no hop _get_imag. Did you mean _get_image?');
    expect(() => findHop('nova.compute.api.API._get_imag')).toThrow('Did you mean nova.compute.api.API._get_image?');
    expect(() => findHop('frobnicate_everything')).toThrow('`bootlab hop list` shows them.');
  });

  it('knows why some are not played', () => {
    expect(whyNotPlayed(findHop('nova.compute.api.API._get_image'))).toBeUndefined();
    expect(whyNotPlayed(findHop('osprofiler.web.WsgiMiddleware.__call__'))).toContain('trace context');
    expect(whyNotPlayed(findHop('nova.api.openstack.FaultWrapper.__call__'))).toContain('helper');
  });
});
