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
  let at: LogisticFit = { slope: 0, intercept: Math.log(success / failure) };
  let loss = penalisedLoss(centred, at, penalty);
  for (let count = 0; count < mostSteps; count += 1) {
    const step = newtonStep(centred, at, penalty);
    const next = shortened(centred, at, step, { penalty, loss });
    if (next === null) break;
    const moved = Math.abs(next.fit.slope - at.slope) + Math.abs(next.fit.intercept - at.intercept);
    at = next.fit;
    loss = next.loss;
    if (moved <= 1e-13 * (1 + Math.abs(at.slope) + Math.abs(at.intercept))) break;
  }
  return { slope: at.slope, intercept: at.intercept - at.slope * centre };
}

/** Mean log loss of the fit over the weight: −Σ w ln P(what was seen) / Σ w, in nats. */
export function meanLogLoss(outcomes: readonly WeightedOutcome[], fit: LogisticFit): number {
  const weight = outcomes.reduce((sum, outcome) => sum + outcome.success + outcome.failure, 0);
  return penalisedLoss(outcomes, fit, 0) / weight;
}

/** Chance of success at x. */
export function successAt(fit: LogisticFit, x: number): number {
  return 1 / (1 + Math.exp(-(fit.slope * x + fit.intercept)));
}

function penalisedLoss(outcomes: readonly WeightedOutcome[], fit: LogisticFit, penalty: number): number {
  let loss = (penalty / 2) * fit.slope * fit.slope;
  for (const { x, success, failure } of outcomes) {
    const linear = fit.slope * x + fit.intercept;
    loss += success * softplus(-linear) + failure * softplus(linear);
  }
  return loss;
}

/** ln(1 + exp(t)) without overflow. */
function softplus(t: number): number {
  return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
}

function newtonStep(outcomes: readonly WeightedOutcome[], fit: LogisticFit, penalty: number): LogisticFit {
  let gradientSlope = penalty * fit.slope;
  let gradientIntercept = 0;
  let curveSlope = penalty;
  let curveBoth = 0;
  let curveIntercept = 0;
  for (const { x, success, failure } of outcomes) {
    const weight = success + failure;
    const p = successAt(fit, x);
    const pull = weight * p - success;
    const curve = weight * p * (1 - p);
    gradientSlope += pull * x;
    gradientIntercept += pull;
    curveSlope += curve * x * x;
    curveBoth += curve * x;
    curveIntercept += curve;
  }
  const determinant = curveSlope * curveIntercept - curveBoth * curveBoth;
  return {
    slope: -(curveIntercept * gradientSlope - curveBoth * gradientIntercept) / determinant,
    intercept: -(curveSlope * gradientIntercept - curveBoth * gradientSlope) / determinant,
  };
}

/** The longest of the step, its half, its quarter … that does not make the loss worse; null at the optimum. */
function shortened(
  outcomes: readonly WeightedOutcome[],
  at: LogisticFit,
  step: LogisticFit,
  goal: { readonly penalty: number; readonly loss: number },
): { fit: LogisticFit; loss: number } | null {
  let share = 1;
  for (let halving = 0; halving < mostHalvings; halving += 1) {
    const fit = { slope: at.slope + share * step.slope, intercept: at.intercept + share * step.intercept };
    const loss = penalisedLoss(outcomes, fit, goal.penalty);
    if (loss <= goal.loss) return { fit, loss };
    share /= 2;
  }
  return null;
}
