/** Headers: an object of them, or what is used of the standard `Headers`. */
export type GivenHeaders =
  | Readonly<Record<string, string>>
  | { forEach(tell: (value: string, name: string) => void): void };

/** Headers, or a function that gives them, now or later. */
export type HeaderSource = GivenHeaders | (() => GivenHeaders | PromiseLike<GivenHeaders>);

/** @returns the headers by their names in small letters, in which they can be told apart */
export async function headersFrom(source: HeaderSource = {}): Promise<Record<string, string>> {
  const given = typeof source === 'function' ? await source() : source;
  const named: Record<string, string> = {};
  const add = (value: string, name: string): void => {
    named[name.toLowerCase()] = value;
  };
  if (isStandard(given)) given.forEach(add);
  else for (const [name, value] of Object.entries(given)) add(value, name);
  return named;
}

function isStandard(given: GivenHeaders): given is Exclude<GivenHeaders, Readonly<Record<string, string>>> {
  return typeof given.forEach === 'function';
}
