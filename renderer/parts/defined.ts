function isDefined<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined;
}

/** Drops the keys whose value is undefined, so that optional props pass through under exactOptionalPropertyTypes. */
export function defined<T extends object>(props: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const result: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in props) {
    const value = props[key];
    if (isDefined(value)) result[key] = value;
  }
  return result;
}

/** Class names joined by a space; false, null and undefined are left out. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === "string" && name !== "").join(" ");
}
