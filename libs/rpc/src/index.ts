export * from './client/rpc-client';
export * from './failure';
export * from './message';
export * from './server/endpoint.decorator';
export * from './server/follow-up';
export * from './server/rpc-dispatcher';
export * from './server/serve-rpc';
export * from './transport';
