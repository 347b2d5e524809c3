export * from './api';
export * from './nova-image';
