import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

/** A scalar that is a checked string on the way in and the stored string on the way out. */
function textScalar(
  name: string,
  description: string,
  example: string,
  accepts: (value: string) => boolean,
  specifiedByURL?: string,
) {
  const parse = (given: unknown, node?: ValueNode, shown = JSON.stringify(given)): string => {
    // A whole number is as exact as its digits; accepts() decides whether digits alone will do.
    const value = Number.isSafeInteger(given) ? String(given) : given;
    if (typeof value === 'string' && accepts(value)) return value;
    throw new GraphQLError(`${name} must be ${example}; got ${shown}.`, {
      nodes: node,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: String,
    parseValue: (value) => parse(value),
    // A number is taken as it is written, digit by digit.
    parseLiteral: (node) =>
      node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
        ? parse(node.value, node)
        : parse(undefined, node, print(node)),
  });
}

const throws = (make: () => unknown): boolean => {
  try {
    make();
    return false;
  } catch {
    return true;
  }
};

const isDate = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;

export const DateScalar = textScalar(
  'Date',
  'A calendar date in ISO 8601, without time and zone: 2021-11-19.',
  'a calendar date like "2021-11-19"',
  isDate,
  'https://scalars.graphql.org/andimarek/local-date',
);

export const DateTime = textScalar(
  'DateTime',
  'An instant in RFC 3339, in UTC: 2021-11-19T08:00:00.000Z.',
  'an instant like "2021-11-19T08:00:00Z"',
  (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value) && isDate(value.slice(0, 10)),
  'https://scalars.graphql.org/andimarek/date-time',
);

export const Decimal = textScalar(
  'Decimal',
  'An exact decimal as a string, never a float: "582180000000". GraphQL’s Int ends at 2,147,483,647. As an argument: at most 15 digits, and four behind the point.',
  'a decimal as a string, like "582180000000" or "91.1", of at most 15 digits and four behind the point',
  (value) => /^-?\d{1,15}(\.\d{1,4}0*)?$/.test(value),
);

export const Locale = textScalar(
  'Locale',
  'A language tag of BCP 47: en, zh-Hans.',
  'a language tag like "en" or "zh-Hans"',
  (value) => !throws(() => new Intl.Locale(value)),
  'https://www.rfc-editor.org/info/bcp47',
);

export const CountryCode = textScalar(
  'CountryCode',
  'A country code of ISO 3166-1 alpha-2: CN.',
  'a country code like "CN"',
  (value) => /^[A-Z]{2}$/.test(value),
  'https://www.iso.org/iso-3166-country-codes.html',
);

export const CurrencyCode = textScalar(
  'CurrencyCode',
  'A currency code of ISO 4217: CNY.',
  'a currency code like "CNY"',
  (value) => /^[A-Z]{3}$/.test(value),
  'https://www.iso.org/iso-4217-currency-codes.html',
);

export const TimeZone = textScalar(
  'TimeZone',
  'A time zone of the IANA database: Asia/Shanghai.',
  'a time zone like "Asia/Shanghai"',
  (value) => !throws(() => new Intl.DateTimeFormat('en', { timeZone: value })),
  'https://www.iana.org/time-zones',
);

export const URLScalar = textScalar(
  'URL',
  'An absolute http or https address.',
  'an address like "https://example.org/"',
  (value) => URL.canParse(value),
  'https://url.spec.whatwg.org/',
);
