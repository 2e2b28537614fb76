import { todoApi } from './api.ts';
import { todosIn } from './table.ts';

export const handler = todoApi(todosIn(process.env.TABLE_NAME));
