import { exceptionTable } from './table';

/** `bootlab`: what only the lab raises. */
export const labException = exceptionTable('bootlab', {
  FaultDeadline: { code: 500, message: 'A fault held this until its deadline.' },
});
