/** Python's `ValueError`: a value that its field cannot hold. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}
