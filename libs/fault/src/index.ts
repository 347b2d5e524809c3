export * from './faultable';
export * from './turn-on';
