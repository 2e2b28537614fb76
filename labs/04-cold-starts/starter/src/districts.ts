/*
 * The table of delivery districts: 100,000 postcodes. It comes packed, each entry worked out from the one before,
 * so that loading it costs time and CPU as reading a large file or a model would. Leave this file as it is.
 */
const postcodes = 100_000;
/** Rounds of unpacking for one entry. */
const rounds = 1400;

/** Unpacks the whole table: district by postcode, `04524` → `D-347`. Takes some hundred milliseconds of CPU. */
export function loadDistricts(): ReadonlyMap<string, string> {
  const districts = new Map<string, string>();
  let state = 20_250_801;
  for (let postcode = 0; postcode < postcodes; postcode += 1) {
    for (let round = 0; round < rounds; round += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    }
    districts.set(String(postcode).padStart(5, '0'), `D-${(state >>> 8) % 1000}`);
  }
  return districts;
}
