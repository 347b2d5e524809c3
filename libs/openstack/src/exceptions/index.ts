export * from './client';
export * from './glance';
export * from './nova';
export * from './store';
export * from './table';
export * from './webob';
