/** How the lab sets up Jaeger's page: links to the original's lines and to the lab, its menu, what comes first. */
export const uiConfig = {
  linkPatterns: [
    {
      type: 'tags',
      key: ['code.function.name', 'code.file.path', 'code.line.number', 'code.url'],
      url: '/source?hop=#{code.function.name}',
      text: 'The lines of the original that this span plays',
    },
    {
      type: 'tags',
      key: 'instance.uuid',
      url: '/?tag=instance.uuid:#{instance.uuid}',
      text: 'All traces of instance #{instance.uuid}',
    },
    {
      type: 'tags',
      key: 'image.id',
      url: '/?tag=image.id:#{image.id}',
      text: 'All traces of image #{image.id}',
    },
    {
      type: 'tags',
      key: 'image.ref',
      url: '/?tag=image.id:#{image.ref}',
      text: 'All traces of image #{image.ref}',
    },
    { type: 'traces', url: '/trace/#{traceID}', text: 'This trace in the lab' },
  ],
  menu: [
    { label: 'Nova Boot Lab', url: '/', anchorTarget: '_self' },
    {
      label: 'About Jaeger',
      items: [
        { label: 'Website', url: 'https://www.jaegertracing.io/' },
        { label: 'Documentation', url: 'https://www.jaegertracing.io/docs/latest' },
      ],
    },
  ],
  topTagPrefixes: ['hop.', 'chain.', 'fault.', 'instance.', 'image.', 'code.'],
  criticalPathEnabled: true,
  archiveEnabled: true,
  dependencies: { menuEnabled: true },
  monitor: { menuEnabled: true },
  useOpenTelemetryTerms: true,
};

const STORAGE = { archiveStorage: true, metricsStorage: true };

/** By the name that Jaeger's server looks for in the page, with what it puts there. */
export const injected: Readonly<Record<string, object>> = {
  CONFIG: uiConfig,
  VERSION: { gitCommit: '', gitVersion: 'the trace store of Nova Boot Lab', buildDate: '' },
  BACKEND_CAPABILITIES: { ...STORAGE, searchWithoutServiceName: true, aiAssistant: false },
  STORAGE_CAPABILITIES: STORAGE,
};
