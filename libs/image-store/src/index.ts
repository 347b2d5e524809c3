export * from './backend';
export * from './capabilities';
export * from './create-stores';
export * from './driver';
export { Location, schemeOf, type StoreLocation } from './location';
