/** What was seen at one place on the axis: how much weight succeeded and how much failed there. */
export interface WeightedOutcome {
  readonly x: number;
  readonly success: number;
  readonly failure: number;
}

/** P(success at x) = 1 / (1 + exp(−(slope · x + intercept))). */
export interface LogisticFit {
  readonly slope: number;
  readonly intercept: number;
}

const mostSteps = 200;
const mostHalvings = 60;

/**
 * Weighted logistic regression on one variable with a ridge penalty on the slope alone: minimises
 * Σ w · logloss + (penalty / 2) · slope², the intercept free, by Newton's method with step halving to the optimum itself.
 * Null where there is none: nothing failed, nothing succeeded, or all is at one x.
 *
 * The same objective as scikit-learn's `LogisticRegression(C=1/penalty)` with `sample_weight`, which stops earlier (tol 1e-4).
 *
 * @source METR, eval-analysis-public, src/horizon/utils/logistic.py
 */
export function fitLogistic(outcomes: readonly WeightedOutcome[], penalty: number): LogisticFit | null {
  const used = outcomes.filter((outcome) => outcome.success + outcome.failure > 0);
  const first = used[0];
  const success = used.reduce((sum, outcome) => sum + outcome.success, 0);
  const failure = used.reduce((sum, outcome) => sum + outcome.failure, 0);
  if (first === undefined || success === 0 || failure === 0 || used.every(({ x }) => x === first.x)) return null;
  // Centred on the weighted mean of x, where slope and intercept hardly pull at each other.
  const centre = used.reduce((sum, { x, ...w }) => sum + x * (w.success + w.failure), 0) / (success + failure);
  const centred = used.map((outcome) => ({ ...outcome, x: outcome.x - centre }));
  let at = surfaceAt(centred, { slope: 0, intercept: Math.log(success / failure) }, penalty);
  for (let count = 0; count < mostSteps; count += 1) {
    const next = nextSurface(centred, at, penalty);
    if (next === null) break;
    const moved = Math.abs(next.fit.slope - at.fit.slope) + Math.abs(next.fit.intercept - at.fit.intercept);
    at = next;
    if (moved <= 1e-13 * (1 + Math.abs(at.fit.slope) + Math.abs(at.fit.intercept))) break;
  }
  return { slope: at.fit.slope, intercept: at.fit.intercept - at.fit.slope * centre };
}

/** Mean log loss of the fit over the weight: −Σ w ln P(what was seen) / Σ w, in nats. */
export function meanLogLoss(outcomes: readonly WeightedOutcome[], fit: LogisticFit): number {
  const weight = outcomes.reduce((sum, outcome) => sum + outcome.success + outcome.failure, 0);
  return surfaceAt(outcomes, fit, 0).loss / weight;
}

/** Chance of success at x. */
export function successAt(fit: LogisticFit, x: number): number {
  return 1 / (1 + Math.exp(-(fit.slope * x + fit.intercept)));
}

/** The penalised loss at a fit, and the Newton step from there. */
interface Surface {
  readonly fit: LogisticFit;
  readonly loss: number;
  readonly step: LogisticFit;
}

function surfaceAt(outcomes: readonly WeightedOutcome[], fit: LogisticFit, penalty: number): Surface {
  let loss = (penalty / 2) * fit.slope * fit.slope;
  let gradientSlope = penalty * fit.slope;
  let gradientIntercept = 0;
  let curveSlope = penalty;
  let curveBoth = 0;
  let curveIntercept = 0;
  for (const { x, success, failure } of outcomes) {
    const linear = fit.slope * x + fit.intercept;
    const small = Math.exp(-Math.abs(linear));
    // −ln P of the likelier outcome; the other's is |linear| more. No overflow on either side.
    const likelier = Math.log1p(small);
    loss += (success + failure) * likelier + (linear > 0 ? failure : success) * Math.abs(linear);
    const weight = success + failure;
    const p = (linear > 0 ? 1 : small) / (1 + small);
    const pull = weight * p - success;
    const curve = (weight * small) / (1 + small) ** 2;
    gradientSlope += pull * x;
    gradientIntercept += pull;
    curveSlope += curve * x * x;
    curveBoth += curve * x;
    curveIntercept += curve;
  }
  const determinant = curveSlope * curveIntercept - curveBoth * curveBoth;
  const step = {
    slope: -(curveIntercept * gradientSlope - curveBoth * gradientIntercept) / determinant,
    intercept: -(curveSlope * gradientIntercept - curveBoth * gradientSlope) / determinant,
  };
  return { fit, loss, step };
}

/** After the longest of the step, its half, its quarter … that does not make the loss worse; null at the optimum. */
function nextSurface(
  outcomes: readonly WeightedOutcome[],
  { fit, loss, step }: Surface,
  penalty: number,
): Surface | null {
  let share = 1;
  for (let halving = 0; halving < mostHalvings; halving += 1) {
    const tried = { slope: fit.slope + share * step.slope, intercept: fit.intercept + share * step.intercept };
    const next = surfaceAt(outcomes, tried, penalty);
    if (next.loss <= loss) return next;
    share /= 2;
  }
  return null;
}
