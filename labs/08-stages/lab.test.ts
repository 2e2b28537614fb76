import { prove } from '../prove.ts';
import { lab } from './lab.ts';

prove(lab, []);
