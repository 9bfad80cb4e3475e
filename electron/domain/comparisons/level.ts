/** The level of every interval of a comparison. */
export const level = 0.95;
