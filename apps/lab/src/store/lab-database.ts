import { openDatabase } from '@bootlab/database';
import type { Provider } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { migrations } from './migrations';
import type { LabSchema } from './schema';

export const LAB_DATABASE = Symbol('LAB_DATABASE');

export type LabDatabase = Kysely<LabSchema>;

export const labDatabaseProvider: Provider = {
  provide: LAB_DATABASE,
  inject: [LAB_OPTIONS],
  useFactory: ({ connection }: LabOptions): Promise<LabDatabase> => openDatabase<LabSchema>(connection, { migrations }),
};
