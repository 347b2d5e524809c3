import { randomInt } from 'node:crypto';

const SYMBOLS = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 8;

/** `r-1x8e0k2f`: what all instances of one request have in common. */
export function generateReservationId(): string {
  return `r-${Array.from({ length: LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')}`;
}
