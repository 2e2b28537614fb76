import type { AnyLab, Language } from '../../grader/api.ts';
import type { LabProgress } from '../progress/progress.ts';
import { html, prose } from './html.ts';
import { layout } from './layout.ts';
import { pageTexts } from './text.ts';

/** The list of labs with how far the student is. */
export function labsPage(
  language: Language,
  labs: readonly { lab: AnyLab; progress: LabProgress }[],
): string {
  const text = pageTexts[language];
  const cards = labs.map(({ lab, progress }) => {
    const spoken = lab.in(language);
    return html`<li class="card ${progress.state}">
      <a href="/${language}/labs/${lab.number}">
        <span class="number" aria-hidden="true">${lab.number}</span>
        <span class="what">
          <strong>${spoken.title}</strong>
          <span class="goal">${prose(spoken.goal)}</span>
          <span class="facts">${lab.services.join(' · ')} · ${text.minutes(...lab.minutes)}</span>
        </span>
        <span class="state">
          <span class="badge">${text.states[progress.state]}</span>
          <progress
            max="${progress.of}"
            value="${progress.points}"
            aria-label="${text.points(progress.points, progress.of)}"
          ></progress>
          <span class="points">${text.points(progress.points, progress.of)}</span>
        </span>
      </a>
    </li>`;
  });
  return layout({
    language,
    title: `${text.name} · ${text.labs}`,
    path: '',
    body: html`<div class="list">
      <h1>${text.labs}</h1>
      <p class="lead">${text.tagline}</p>
      <ol class="cards">
        ${cards}
      </ol>
    </div>`,
  });
}
