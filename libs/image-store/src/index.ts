export * from './backend';
export * from './capabilities';
export * from './create-stores';
export * from './driver';
export { isLinkLocal } from './link-local';
export { Location, schemeOf, type StoreLocation } from './location';
