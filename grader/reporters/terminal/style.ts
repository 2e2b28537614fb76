import { createColors } from 'picocolors';
import type { Language } from '../../api.ts';
import { engineText, type EngineText } from '../../text.ts';

/** How a result is to look. */
export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly language: Language;
}

export interface Style {
  readonly colors: ReturnType<typeof createColors>;
  /** Columns that are used: long lines are hard to read, however wide the window is. */
  readonly width: number;
  readonly text: EngineText['report'];
}

const narrowest = 40;
const widest = 96;

export const styleOf = ({ color, width, language }: Look): Style => ({
  colors: createColors(color),
  width: Math.min(widest, Math.max(narrowest, Number.isFinite(width) ? Math.floor(width) : widest)),
  text: engineText[language].report,
});
