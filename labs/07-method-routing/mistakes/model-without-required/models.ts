/*
 * What a body must look like, as JSON schemas. API Gateway holds a request against the model of its method and refuses
 * it with 400 by itself: the function is not called, and you do not pay for it.
 */
const text = { type: 'string', minLength: 1, maxLength: 200 };
const year = { type: 'integer' };

/** A new book: `POST /books`. */
export const newBook = {
  type: 'object',
  properties: { id: text, title: text, author: text, year },
};

/** All of a book but its id, which stands in the path: `PUT /books/{id}`. */
export const wholeBook = {
  type: 'object',
  required: ['title', 'author'],
  properties: { title: text, author: text, year },
};

/** Some of it: `PATCH /books/{id}`. */
export const change = {
  type: 'object',
  minProperties: 1,
  properties: { title: text, author: text, year },
};
