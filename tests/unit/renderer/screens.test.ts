import { expect, it } from "vitest";
import { missingScreens } from "../../../renderer/app/screen.ts";

it("has a screen for every place that can be gone to", () => {
  expect(missingScreens()).toEqual([]);
});
