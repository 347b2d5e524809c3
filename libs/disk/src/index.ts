export * from './background-writer';
