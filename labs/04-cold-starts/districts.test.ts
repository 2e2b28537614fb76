import { expect, it } from 'vitest';
import { loadDistricts } from './starter/src/districts.ts';
import { districtOf, postcodeOf, postcodes } from './districts.ts';

it('every district is known without unpacking the table', () => {
  const districts = loadDistricts();
  expect(districts.size).toBe(postcodes);
  for (let number = 0; number < postcodes; number += 1)
    if (districts.get(postcodeOf(number)) !== districtOf(number)) expect.fail(postcodeOf(number));
});
