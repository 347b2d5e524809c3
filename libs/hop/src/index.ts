export * from './catalogue/catalogue';
export * from './catalogue/entry';
export * from './catalogue/not-played';
export * from './fault';
export * from './hop-options';
export * from './hop.decorator';
export * from './note';
export { declareHop, playedHops, type PlayedHop } from './played';
export { isRecorded, recordDownTo, recordError } from './run';
