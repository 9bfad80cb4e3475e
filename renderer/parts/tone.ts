/** What a colour means, wherever there is one. "plain" has no colour. A word always stands with it. */
export const tones = ["plain", "accent", "ok", "warn", "bad", "review"] as const;
export type Tone = (typeof tones)[number];
