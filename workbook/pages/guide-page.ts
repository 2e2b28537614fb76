import type { AnyLab, Language } from '../../grader/api.ts';
import type { LabProgress } from '../progress/progress.ts';
import { measurementPlace, type RenderedGuide } from '../guide/render.ts';
import { html, prose, trusted, type Markup } from './html.ts';
import { layout } from './layout.ts';
import { pageTexts } from './text.ts';

/** A lab's guide, with its parts and the state of its checks beside it. */
export function guidePage(
  language: Language,
  lab: AnyLab,
  guide: RenderedGuide,
  progress: LabProgress,
  measurement?: Markup,
): string {
  const text = pageTexts[language];
  const spoken = lab.in(language);
  const checks = spoken.checks.map((check) => {
    const status = progress.checks.get(check.id) ?? 'none';
    return html`<li class="check ${status}">
      <span class="mark" aria-hidden="true"></span>
      <span>${prose(check.title)} <span class="status">${text.checkStates[status]}</span></span>
      <span class="worth">${check.points}</span>
    </li>`;
  });
  return layout({
    language,
    title: `${text.lab(lab.number)} · ${guide.title || spoken.title}`,
    path: `labs/${String(lab.number)}`,
    ...(measurement === undefined ? {} : { styles: ['measurement.css'] }),
    body: html`<div class="guide">
      <article>
        <p class="kicker">
          <a href="/${language}/">${text.back}</a> · ${text.lab(lab.number)} · ${text.minutes(...lab.minutes)}
        </p>
        ${trusted(withMeasurement(guide.html, measurement))}
      </article>
      <aside aria-label="${text.checks}">
        <section>
          <h2 id="checks">${text.checks}</h2>
          <p class="points">${text.points(progress.points, progress.of)}</p>
          <ul class="checks">
            ${checks}
          </ul>
          <p class="hint">
            ${progress.state === 'new' ? text.start(lab.number) : text.gradeHint(lab.number)}
          </p>
        </section>
        <nav aria-labelledby="parts">
          <h2 id="parts">${text.parts}</h2>
          <ol>
            ${guide.headings.map(({ id, text: name }) => html`<li><a href="#${id}">${trusted(name)}</a></li>`)}
          </ol>
        </nav>
      </aside>
    </div>`,
  });
}

/** Puts the student's own figures where the guide has a place for them. */
const withMeasurement = (guide: string, measurement: Markup | undefined): string =>
  guide.replace(measurementPlace, () => measurement?.markup ?? '');
