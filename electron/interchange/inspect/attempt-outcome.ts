import type { OutcomeState } from "../../contract/attempt.ts";
import type { SampleFacts } from "./sample-facts.ts";
import { isScored, scoreNumber } from "./score-value.ts";

/** Traces of a failure inside the model's provider: the exceptions of provider clients and Inspect's own providers. */
const modelErrors = [
  /inspect_ai\/model\/_/,
  /\b(?:openai|anthropic|groq|mistralai|together|cohere)\.\w*Error\b/,
  /\b(?:BadRequestError|APIStatusError|APIError|APIResponseValidationError|InternalServerError|OverloadedError)\b/,
  /\b(?:RateLimitError|AuthenticationError|PermissionDeniedError|UnprocessableEntityError|ContextWindowExceeded)\b/,
  /\b(?:context_length_exceeded|invalid_request_error|content_policy_violation|model_not_found)\b/,
];
const tornDown = /^(?:CancelledError|Cancelled)\(/;

/** Whether an attempt was ended from outside and not by a failure of its own. */
export function wasTornDown(message: string): boolean {
  return tornDown.test(message);
}

function errorState(error: { message: string; traceback: string }): OutcomeState {
  if (wasTornDown(error.message)) return "infrastructure-fault";
  const text = `${error.message}\n${error.traceback}`;
  return modelErrors.some((pattern) => pattern.test(text)) ? "model-error" : "infrastructure-fault";
}

/**
 * The one state that a logged sample ended in. The first that fits:
 *
 * 1. `invalidated`: the log carries an invalidation, whatever the scorer said.
 * 2. `model-error` or `infrastructure-fault`: the sample has an error and no usable score. It is the model's where the
 *    message or the traceback names a provider's client; anything else (sandbox, network, task code, a cancelled
 *    sample) is the infrastructure's. A sample that was scored in spite of an error is `scored` and keeps the error.
 * 3. `limit-reached`: a limit ended it and there is no usable score. A limited sample that was scored is `scored`, and
 *    its `limit` says which limit it was.
 * 4. `refused`: the headline score is "N", or the model stopped with `content_filter` and did not get a positive score.
 * 5. `unscored`: no score, or nothing but NaN.
 * 6. `scored`.
 *
 * `withheld` and `not-run` are never in a log: people make the first, the plan makes the second.
 */
export function outcomeOf(facts: SampleFacts, headline: unknown): OutcomeState {
  if (facts.invalidation !== null) return "invalidated";
  const values = [...facts.scores.values()].map((score) => score.value);
  const scored = isScored(headline) || values.some(isScored);
  if (!scored && facts.error !== null) return errorState(facts.error);
  if (!scored && facts.limit !== null) return "limit-reached";
  if (headline === "N") return "refused";
  if (facts.stopReason === "content_filter" && (scoreNumber(headline) ?? 0) <= 0) return "refused";
  return scored ? "scored" : "unscored";
}
