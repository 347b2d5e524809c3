export { DatabaseError, isUniqueViolation } from './errors';
export { openDatabase } from './open-database';
export type { OpenDatabaseOptions } from './open-database';
export type { Migrations } from './migrate';
export type { StatementEvent } from './statement';
