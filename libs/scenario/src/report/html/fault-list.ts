import type { FaultReport } from '../report';
import { Html, html } from '@bootlab/html';

/** Each fault with how often it fired. */
export function faultList(faults: readonly FaultReport[]): Html {
  const times = (fired: number) => (fired === 1 ? 'fired once' : `fired ${fired} times`);
  const items = faults.map(
    ({ hop, summary, fired }) =>
      html`<li>
        ${summary} (<code>${hop}</code>):
        <span class="${fired === 0 ? 'warn' : ''}">${fired === 0 ? 'never fired' : times(fired)}</span>
      </li> `,
  );
  return html`<h3>Faults</h3>
    <ul>
      ${items}
    </ul>`;
}
