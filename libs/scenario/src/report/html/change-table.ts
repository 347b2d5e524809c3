import { formatDuration, Span } from '@bootlab/trace-model';
import { changesOf } from '../changes';
import { Html, html } from '@bootlab/html';

/** What changed its state and what was told, in the order of time. */
export function changeTable(spans: readonly Span[]): Html {
  const changes = changesOf(spans);
  if (changes.length === 0) return html`<p>No state changed, and no span has an event.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Changes">
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">After</th>
          <th scope="col">Service</th>
          <th scope="col">Span</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          ({ atNano, service, where, what }) =>
            html`<tr>
              <td class="number">${formatDuration(atNano)}</td>
              <td>${service}</td>
              <td class="name">${where}</td>
              <td class="wide">${what}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
