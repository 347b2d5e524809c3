export * from './http-hooks';
export * from './patience';
export * from './run-service';
export * from './serve-http';
