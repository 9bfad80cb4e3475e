import { expect, it } from "vitest";
import { resolveTheme } from "../../../renderer/theme/theme.ts";

it("follows the system only where nothing was chosen", () => {
  expect(resolveTheme("system", { dark: false, moreContrast: false })).toBe("light");
  expect(resolveTheme("system", { dark: true, moreContrast: false })).toBe("dark");
  expect(resolveTheme("system", { dark: true, moreContrast: true })).toBe("contrast");
  expect(resolveTheme("light", { dark: true, moreContrast: true })).toBe("light");
});
