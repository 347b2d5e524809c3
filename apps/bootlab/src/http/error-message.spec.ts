import { errorMessage } from './error-message';

describe('errorMessage', () => {
  it.each([
    ["Nova's fault", '{"badRequest": {"code": 400, "message": "Invalid image"}}', 'Invalid image'],
    [
      'the trace store',
      '{"statusCode": 404, "message": "No span of it is stored.", "error": "Not Found"}',
      'No span of it is stored.',
    ],
    ["Glance's text", '404 Not Found\n\nNo image found with ID x\n\n   ', 'No image found with ID x'],
    [
      "Glance's page",
      '<html>\n <head>\n  <title>403 Forbidden</title>\n </head>\n <body>\n  <h1>403 Forbidden</h1>\n  Not allowed.<br /><br />\n </body>\n</html>',
      'Not allowed.',
    ],
    ['anything else', 'gone\nwrong', 'gone wrong'],
    ['JSON without a message', '[1]', '[1]'],
  ])('reads %s', (_, body, message) => expect(errorMessage(body)).toBe(message));

  it('cuts a long one', () => {
    expect(errorMessage('x'.repeat(10_000))).toHaveLength(501);
  });
});
