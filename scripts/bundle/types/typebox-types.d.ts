/**
 * TypeBox's types in so far as ours need them. The library is part of the bundle, and its own declarations are 680 files.
 * A schema is a type of what it stands for; `Static` takes that out again.
 */

export interface TSchema {
  readonly '~static'?: unknown;
}

interface Of<T> extends TSchema {
  readonly '~static'?: T;
}

interface Optional {
  readonly '~optional': true;
}

export type Static<Schema> = Schema extends Of<infer T> ? T : never;

export type TString = Of<string>;
export type TNumber = Of<number>;
export type TInteger = Of<number>;
export type TBoolean = Of<boolean>;
export type TNull = Of<null>;
export type TUnknown = Of<unknown>;
export type TUnsafe<T> = Of<T>;
export type TRefine<Schema> = Schema;
export type TLiteral<T> = Of<T>;
export type TEnum<Values extends readonly unknown[]> = Of<Values[number]>;
export type TArray<Item> = Of<Static<Item>[]>;
export type TUnion<Members extends readonly unknown[]> = Of<Static<Members[number]>>;
export type TRecord<_Key, Value> = Of<Record<string, Static<Value>>>;
export type TOptional<Schema> = Schema & Optional;
export type TObject<Properties = object> = Of<ObjectOf<Properties>>;

type OptionalNames<P> = { [Name in keyof P]: P[Name] extends Optional ? Name : never }[keyof P];
type Flat<T> = { [Name in keyof T]: T[Name] };
type ObjectOf<P> = Flat<
  { [Name in Exclude<keyof P, OptionalNames<P>>]: Static<P[Name]> } & {
    [Name in OptionalNames<P>]?: Static<P[Name]>;
  }
>;
