import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { pick } from './pick';

const images = [
  { id: 'id-1', name: 'cirros' },
  { id: 'id-2', name: 'debian' },
  { id: 'id-3', name: 'debian' },
  { id: 'id-4', name: null },
];

function failure(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('pick', () => {
  it('finds by id, or by name when only one has it', () => {
    expect(pick('image', 'id-3', images).id).toBe('id-3');
    expect(pick('image', 'cirros', images).id).toBe('id-1');
  });

  it('suggests the nearest name', () => {
    const { message, exitCode } = failure(() => pick('image', 'ciros', images));
    expect(message).toBe('There is no image ciros. Did you mean cirros?');
    expect(exitCode).toBe(exitCodes.notFound);
  });

  it('names the command that lists them when no name is near', () => {
    const { message } = failure(() => pick('flavor', 'x', []));
    expect(message).toBe('There is no flavor x. `bootlab flavor list` shows what is there.');
  });

  it('names the ids of all that are called so', () => {
    const { message, exitCode } = failure(() => pick('image', 'debian', images));
    expect(message).toBe('2 images are named debian; give the id of one: id-2, id-3.');
    expect(exitCode).toBe(exitCodes.usage);
  });
});
