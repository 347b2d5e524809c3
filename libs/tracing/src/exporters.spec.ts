import { exporterNames } from './exporters';
import { pathTemplate } from './instrumentations';

describe('exporterNames', () => {
  it('is otlp when nothing is said', () => {
    expect(exporterNames({})).toEqual(['otlp']);
  });

  it('takes a list', () => {
    expect(exporterNames({ OTEL_TRACES_EXPORTER: 'otlp, Jaeger' })).toEqual(['otlp', 'jaeger']);
  });

  it('exports nothing when none is in the list', () => {
    expect(exporterNames({ OTEL_TRACES_EXPORTER: 'otlp,none' })).toEqual([]);
  });

  it('names what it does not know, and what it takes', () => {
    expect(() => exporterNames({ OTEL_TRACES_EXPORTER: 'zipkin' })).toThrow(
      'OTEL_TRACES_EXPORTER has "zipkin"; it takes a list of otlp, jaeger, console, none.',
    );
  });
});

describe('pathTemplate', () => {
  it('puts {id} in the place of ids and leaves the query out', () => {
    expect(pathTemplate('/v1/images/0b7f8d4e-6f0c-4a53-8d0b-0a3c8f5c1d2e?limit=2')).toBe('/v1/images/{id}');
  });
});
