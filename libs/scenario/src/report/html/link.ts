import { Html, html } from '@bootlab/html';

/** A link to the web, or its text alone when the address leads anywhere else. */
export function link(url: unknown, text: string): Html {
  const isWeb = typeof url === 'string' && /^https?:\/\//.test(url);
  return isWeb ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>` : html`${text}`;
}
