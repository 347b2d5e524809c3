import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const refusals: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The request line and the headers are too long together: send fewer or shorter ones.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time: send all of it at once.'],
};

/** Answers bytes that are no request, or not within the bounds of one, and ends the connection. */
export function refuseMalformed({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = refusals[code] ?? [400, `This is not HTTP/1.1 (${code}): mend what sends it.`];
  if (socket.writable) {
    const body = `${message}\n`;
    const headers = `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
