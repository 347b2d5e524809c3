export * from './report/report';
export * from './schema/scenario';
