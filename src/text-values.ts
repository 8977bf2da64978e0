import Type, { type TSchema } from 'typebox';

/** The number that a text is, in decimal digits; `undefined` for any other text. */
export const readNumber = (text: string): number | undefined =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;

/**
 * Flags, variables and lines of a file are text; the schema says what for. Text that does not fit stays text, to be refused.
 */
export function fromText(schema: TSchema, value: unknown): unknown {
  if (Type.IsArray(schema) && Array.isArray(value)) return value.map((item) => fromText(schema.items, item));
  if (Type.IsObject(schema) && typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        fromText(schema.properties[name] ?? Type.Any(), member),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  if (isNumeric(schema)) return readNumber(value) ?? value;
  if (Type.IsBoolean(schema)) return { true: true, false: false }[value] ?? value;
  return value;
}

const isNumeric = (schema: TSchema) =>
  Type.IsInteger(schema) ||
  Type.IsNumber(schema) ||
  (Type.IsEnum(schema) && schema.enum.every((value) => typeof value === 'number'));
