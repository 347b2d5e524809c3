import { Html, html, trusted } from '@bootlab/html';
import { style } from './style';

/** Pages run no script and load nothing from elsewhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

export function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Nova Boot Lab</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header><a href="/">Nova Boot Lab</a></header>
        <main>${body}</main>
      </body>
    </html> `.markup;
}
