export * from './exporters';
export * from './logger';
export * from './request-context.processor';
export * from './start';
export * from './untraced';
