import { expect } from "@playwright/test";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

const codename = "Heron";

/** A developer's question, what is submitted, access, and a session within the window. */
export async function takeSubmission(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.push(/^Submissions$/, page.getByRole("navigation"));
  await onScreen(journey, "Submissions");
  await journey.picture("submissions-empty");
  await keys.press("Alt+n");
  await keys.write("Developer", words.developer);
  await keys.write("Name of the model", codename);
  await keys.write(/^Question/, words.question);
  await journey.picture("submission-inquire");
  await keys.push("Record it");
  await onScreen(journey, codename);
  await keys.push(/^Answer the question/);
  await keys.write("Answer", "It may. Submit it if you wish to.");
  await keys.push("Record the answer");
  await keys.push(/^Record the submission/);
  const submission = dialogOf(journey, `Submission of ${codename}`);
  await keys.tick(/shares this model of its own will/);
  await keys.write(/^Planned release to other partners/, "2099-01-01");
  await journey.picture("submission-submit");
  await keys.push("Record the submission", submission);
  await expect(submission).toHaveCount(0);
  await keys.push(/^Access was given/);
  await keys.push("Start the window");
  await expect(page.getByText("window open", { exact: true })).toBeVisible();
  await keys.push(/^Start a session/);
  await keys.write("Title", "First pass");
  await keys.tick(/^Cybench/);
  await keys.write("Operators", words.evaluator);
  await keys.push("Start it now");
  await expect(page.getByText("running", { exact: true })).toBeVisible();
  await journey.picture("submission");
  await keys.push(/^Timeline$/, page.getByRole("navigation"));
  await onScreen(journey, "Timeline");
  await expect(page.getByText(`Access window of ${codename}`).first()).toBeVisible();
}
