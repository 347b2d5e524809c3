export * from './http-hooks';
export * from './run-service';
export * from './serve-http';
