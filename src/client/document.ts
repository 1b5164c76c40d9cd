/**
 * The text of an operation that knows the types of its result and its variables. It is a string to whatever sends it:
 * JSON.stringify and String() give the text. The documents that graphql-codegen writes with `documentMode: 'string'`
 * can stand in its place.
 */
export class TypedDocumentString<Result = unknown, Variables = Record<string, unknown>> extends String {
  /** Is never there: it carries the types, by the name that typed documents have in common. */
  declare readonly __apiType?: (variables: Variables) => Result;
}
