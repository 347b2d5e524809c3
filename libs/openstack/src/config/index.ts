export * from './database';
export * from './glance';
export * from './ini';
export * from './lab';
export * from './load';
export * from './messaging';
export * from './nova';
export * from './option';
