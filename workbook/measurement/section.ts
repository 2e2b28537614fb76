import type { Language } from '../../grader/api.ts';
import { isCold, summaryOf, type Measurement } from '../../grader/measurement/measurement.ts';
import { html, prose, type Markup } from '../pages/html.ts';
import { measurementTexts } from './text.ts';

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** Cold against warm as the terminal draws it: bars for the eye, the same figures as a table for everybody. */
export function measurementSection(
  language: Language,
  lab: number,
  measurement: Measurement | undefined,
): Markup {
  const text = measurementTexts[language];
  return html`<section class="measurement" aria-labelledby="last-measurement">
    <h3 id="last-measurement">${text.heading}</h3>
    ${measurement === undefined ? html`<p>${prose(text.none(lab))}</p>` : drawn(language, measurement)}
  </section>`;
}

function drawn(language: Language, measurement: Measurement): Markup {
  const text = measurementTexts[language];
  const { functionName, runtime, memoryMB, target, calls, takenAt } = measurement;
  const when = html`<time datetime="${takenAt}">${takenAt.slice(0, 16).replace('T', ' ')} UTC</time>`;
  return html`<p class="facts">
      ${functionName} · ${runtime} · ${memoryMB} MB · ${target} · ${text.taken} ${when}
    </p>
    ${conclusion(language, measurement)} ${bars(language, measurement)}
    <div class="table" tabindex="0" role="group" aria-label="${text.figures}">
      <table>
        <thead>
          <tr>
            ${[text.call, text.init, text.handler, text.billed, text.request].map(
              (name) => html`<th scope="col">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${calls.map(
            (call) =>
              html`<tr>
                <th scope="row">${isCold(call) ? text.cold : text.warm}</th>
                <td>${call.initMs === undefined ? '–' : call.initMs.toFixed(2)}</td>
                <td>${call.durationMs.toFixed(2)}</td>
                <td>${call.billedMs}</td>
                <td><code>${call.requestId}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function conclusion(language: Language, { calls }: Measurement): Markup | undefined {
  const text = measurementTexts[language];
  const summary = summaryOf(calls);
  if (summary === undefined) return undefined;
  const { cold, warm, times } = summary;
  const verdict = warm.durationMs > cold.initMs ? text.slower : text.times(times.toFixed(1));
  const median = text.median(
    short(cold.initMs + cold.durationMs),
    short(cold.initMs),
    short(cold.durationMs),
    short(warm.durationMs),
  );
  return html`<p><strong>${verdict}</strong> ${median}</p>`;
}

/** Widths are shares of the longest call. Hidden from a screen reader: the table below says it in figures. */
function bars(language: Language, { calls }: Measurement): Markup {
  const text = measurementTexts[language];
  const longest = Math.max(0.01, ...calls.map(({ initMs = 0, durationMs }) => initMs + durationMs));
  const share = (ms: number) => `width:${((ms / longest) * 100).toFixed(2)}%`;
  return html`<div class="bars" aria-hidden="true">
    ${calls.map(
      (call) =>
        html`<span class="kind">${isCold(call) ? text.cold : text.warm}</span
          ><span class="bar"
            ><span class="init" style="${share(call.initMs ?? 0)}"></span
            ><span class="handler" style="${share(call.durationMs)}"></span></span
          ><span class="sum">${short(call.durationMs + (call.initMs ?? 0))} ms</span>`,
    )}
    <span class="legend"
      ><span><i class="init"></i> ${text.legend.init}</span
      ><span><i class="handler"></i> ${text.legend.handler}</span></span
    >
  </div>`;
}
