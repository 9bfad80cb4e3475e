import assert from "node:assert/strict";
import type { Page } from "@playwright/test";
import { openPreview } from "./browser.ts";

/*
 * Reads transcripts and searches them by keyboard, as a person does, in the preview: node tests/e2e/preview/reading.ts
 * Ends with status 1 at the first thing that is not as it should be.
 */

const short = "scene=attempt&run=run-7&task=labyrinth-linguist&epoch=2";
const long = "scene=attempt&run=run-7&task=dynastic&epoch=2";

async function open(page: Page, base: string, query: string): Promise<void> {
  await page.goto(`${base}?${query}&theme=light`);
  await page.waitForSelector(".transcript-item .transcript-text");
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
}

/** The number of the item that is marked as the current one, and how far below the upper edge it begins, px. */
async function current(page: Page): Promise<{ readonly number: number; readonly offset: number }> {
  await page.waitForSelector(".transcript-item.current .transcript-text, .transcript-item.current.minor");
  return page.evaluate(() => {
    const item = document.querySelector(".transcript-item.current");
    const scroller = document.querySelector(".transcript-scroller");
    const number = Number(item?.querySelector(".transcript-number")?.textContent.replaceAll(",", "") ?? -1);
    const offset = (item?.getBoundingClientRect().top ?? 0) - (scroller?.getBoundingClientRect().top ?? 0);
    return { number, offset };
  });
}

/** The number and place of the first row that begins in sight. */
async function firstInSight(page: Page): Promise<{ readonly number: string; readonly offset: number }> {
  return page.evaluate(() => {
    const edge = document.querySelector(".transcript-scroller")?.getBoundingClientRect().top ?? 0;
    for (const item of document.querySelectorAll(".transcript-item")) {
      const offset = item.getBoundingClientRect().top - edge;
      if (offset >= 0) return { number: item.querySelector(".transcript-number")?.textContent ?? "", offset };
    }
    return { number: "", offset: 0 };
  });
}

async function said(page: Page): Promise<string> {
  return page.locator(".transcript [role=status]").innerText();
}

type Check = (page: Page, base: string) => Promise<void>;

const checks: Readonly<Record<string, Check>> = {
  "keys jump from message to message, call, error and score, and back": async (page, base) => {
    await open(page, base, short);
    const seen: number[] = [];
    for (const key of ["j", "j", "k", "t", "t", "Shift+T", "e", "s", "Shift+S", "s", "l"]) {
      await press(page, key);
      seen.push((await current(page)).number);
    }
    assert.deepEqual(seen, [2, 3, 2, 3, 5, 3, 19, 25, 25, 26, 28]);
    await press(page, "e");
    assert.equal(await said(page), "No error after this.");
  },
  "an item goes to the upper edge, and stays there when its windows come": async (page, base) => {
    await open(page, base, long);
    for (const number of [150_000, 12_033, 299_000]) {
      await press(page, "g");
      await page.keyboard.type(String(number));
      await press(page, "Enter");
      const at = await current(page);
      assert.equal(at.number, number);
      assert.ok(Math.abs(at.offset) <= 1.5, `item ${number} begins ${at.offset} px below the edge`);
      await page.waitForTimeout(400);
      assert.deepEqual(await current(page), at);
    }
    await press(page, "End");
    await page.waitForTimeout(400);
    const isAtEnd = await page.evaluate(() => {
      const last = [...document.querySelectorAll(".transcript-item")].at(-1);
      const frame = document.querySelector(".transcript-scroller");
      return Math.abs((last?.getBoundingClientRect().bottom ?? 0) - (frame?.getBoundingClientRect().bottom ?? 0)) < 2;
    });
    assert.ok(isAtEnd, "the last item ends at the lower edge");
    assert.equal(await page.locator(".transcript-number").last().innerText(), "300,000");
    await press(page, "Home");
    assert.equal((await current(page)).number, 1);
  },
  "nothing moves after scrolling rests": async (page, base) => {
    await open(page, base, long);
    const box = await page.locator(".transcript-scroller").boundingBox();
    await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
    await press(page, "g");
    await page.keyboard.type("200000");
    await press(page, "Enter");
    for (const px of [900, -700, 5_000, -9_000]) {
      await page.mouse.wheel(0, px);
      await page.waitForTimeout(700);
      const rested = await firstInSight(page);
      await page.waitForTimeout(500);
      assert.deepEqual(await firstInSight(page), rested);
    }
  },
  "folds hide what lies in them, are opened by a jump, and keep their beginning in place": async (page, base) => {
    await open(page, base, short);
    await press(page, "Shift+O");
    assert.equal(await said(page), "12 of 29 items shown");
    assert.equal(await page.getByText("template probe").count(), 0);
    await press(page, "e");
    assert.equal((await current(page)).number, 19);
    const before = await page.getByRole("button", { name: "Fold this span" }).count();
    assert.equal(before, 1);
    await press(page, "o");
    await press(page, "o");
    assert.equal((await current(page)).number, 16);
  },
  "a text is found, marked, and gone through": async (page, base) => {
    await open(page, base, short);
    await press(page, "/");
    await page.keyboard.type("engine");
    await press(page, "Enter");
    await page.waitForSelector(".transcript-text mark.hit");
    assert.match(await page.locator(".transcript-find").innerText(), /1 of 5/);
    await press(page, "Escape");
    assert.equal(await page.locator(".transcript-text mark").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.className), "transcript-scroller");
  },
  "a hit of a search opens its transcript there, and back leads to the hits": async (page, base) => {
    await page.goto(`${base}?scene=search&theme=light`);
    await page.getByRole("textbox", { name: "Text" }).fill("engine");
    await press(page, "Enter");
    await page.getByText("transcripts searched").waitFor();
    await page.getByRole("listbox", { name: /^Hits/ }).focus();
    await press(page, "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    await page.waitForSelector(".transcript-text mark.hit");
    assert.equal((await current(page)).number, 17);
    assert.equal(await page.locator("h1").innerText(), "Labyrinth Linguist · epoch 2");
    await press(page, "n");
    assert.equal((await current(page)).number, 26);
    await press(page, "Alt+ArrowLeft");
    await page.getByText("transcripts searched").waitFor();
    assert.match(await page.locator(".search-row.here").innerText(), /^17/);
    assert.equal(await page.getByRole("textbox", { name: "Text" }).inputValue(), "engine");
  },
  "an attempt is come back to where it was left": async (page, base) => {
    await open(page, base, long);
    await press(page, "g");
    await page.keyboard.type("77000");
    await press(page, "Enter");
    assert.equal((await current(page)).number, 77_000);
    await press(page, "Alt+9");
    await page.getByRole("heading", { level: 1, name: "Journal" }).waitFor();
    await press(page, "Alt+ArrowLeft");
    assert.equal((await current(page)).number, 77_000);
  },
  "text stays text": async (page, base) => {
    await open(page, base, short);
    await press(page, "g");
    await page.keyboard.type("6");
    await press(page, "Enter");
    const text = await page.locator(".transcript-item.current .transcript-text").innerText();
    assert.match(text, /49<\/h2>⟨ESC⟩\[0m\n<script>alert\(1\)<\/script> see https:\/\/example\.org\/⟨U\+202E⟩txt\.exe/);
    assert.equal(await page.locator(".transcript a, .transcript script, .transcript h2.fire").count(), 0);
  },
};

const preview = await openPreview();
let failed = 0;
for (const [words, check] of Object.entries(checks)) {
  const page = await preview.browser.newPage({ viewport: { width: 1_280, height: 800 } });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    await check(page, preview.base);
    assert.deepEqual(errors, []);
    console.log(`ok: ${words}`);
  } catch (error) {
    failed += 1;
    console.log(`NOT: ${words}\n  ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}
await preview.close();
process.exitCode = failed === 0 ? 0 : 1;
