export * from './catalog';
export * from './config';
export * from './context';
export * from './exceptions';
export * from './home';
export * from './identity-headers';
export * from './matchmaker';
export * from './states';
