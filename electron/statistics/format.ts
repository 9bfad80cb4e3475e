/** Numbers to text live in the contract, so that the page may use them too. */
export * from "../contract/number-text.ts";
