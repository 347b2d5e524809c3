import type { AssertionReport } from '../report';
import { Html, html } from '@bootlab/html';

function why({ expected, found, nearest, excerpt }: AssertionReport): Html {
  return html`<dl>
      ${
        expected === undefined
          ? undefined
          : html`<dt>expected</dt>
              <dd>${expected}</dd>`
      }${
        found === undefined
          ? undefined
          : html`<dt>found</dt>
              <dd>${found}</dd>`
      }${
        nearest.length === 0
          ? undefined
          : html`<dt>nearest</dt>
              <dd>${nearest.join('\n')}</dd>`
      }
    </dl>
    ${excerpt.length === 0 ? undefined : html`<div class="scroll" tabindex="0" role="region" aria-label="Waterfall around it"><pre>${excerpt.join('\n')}</pre></div>`}`;
}

/** Each assertion with its result; a failed one explains itself. */
export function assertionList(assertions: readonly AssertionReport[]): Html {
  const items = assertions.map(
    (assertion) =>
      html`<li>
        <span class="result ${assertion.ok ? 'passed' : 'failed'}">${assertion.ok ? '✓ holds' : '✗ fails'}</span>
        ${assertion.text}${assertion.why === undefined ? undefined : html` <span class="soft">${assertion.why}</span>`}
        <code class="soft">${assertion.place}</code>${assertion.ok ? undefined : why(assertion)}
      </li> `,
  );
  return html`<ul class="assertions">
    ${items}
  </ul>`;
}
