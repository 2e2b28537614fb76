/*
 * What a body must look like, as JSON schemas. API Gateway holds a request against the model of its method and refuses
 * it with 400 by itself: the function is not called, and you do not pay for it.
 *
 * Gap 6: a book has an id, a title and an author, texts that are not empty, and perhaps a year, a whole number. All of
 * it for a new book; all but the id for a replacement; at least one member for a change.
 */

/** A new book: `POST /books`. */
export const newBook = { type: 'object' };

/** All of a book but its id, which stands in the path: `PUT /books/{id}`. */
export const wholeBook = { type: 'object' };

/** Some of it: `PATCH /books/{id}`. */
export const change = { type: 'object' };
