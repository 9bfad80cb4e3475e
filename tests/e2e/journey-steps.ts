import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { repositoryFolder } from "../../build/paths.ts";
import { front, Keyboard } from "./journey-keyboard.ts";
import { journeyWords, type JourneyWords } from "./journey-words.ts";
import { appFolder, type LaunchedApp } from "./launch.ts";

/** Pictures of every screen, kept as an artifact of the test run. */
export const pictureFolder = join(repositoryFolder, "test-results", "screens");

/** One person's way through the app: the app, the keyboard, the words that are typed, where files are. */
export interface Journey {
  readonly app: LaunchedApp;
  readonly page: Page;
  readonly keys: Keyboard;
  readonly words: JourneyWords;
  /** The app's user may read and write here. */
  readonly path: (name: string) => string;
  /** Takes a picture of the screen as it stands, where pictures are wanted. */
  readonly picture: (name: string) => Promise<void>;
  /** What the page complained of so far. To be empty. */
  readonly complaints: readonly string[];
  readonly end: () => void;
}

export interface JourneyOptions {
  readonly pictures?: boolean;
  /** Looks at each screen and dialog as it stands, wherever a picture could be taken. */
  readonly look?: (name: string) => Promise<void>;
  /** Stands in every word that is typed, so that it can be searched for. */
  readonly mark?: string;
}

/** Waits until the page says what it holds: nothing is being read and the title stands. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await expect(page.locator("main .loading")).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** Sets the size of the page, in CSS pixels. */
export async function setSize(app: LaunchedApp, width: number, height: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows()) window.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(width);
}

/** Begins a journey in a running app. */
export function beginJourney(app: LaunchedApp, options: JourneyOptions = {}): Journey {
  const folder = appFolder("journey");
  chmodSync(folder, 0o755);
  const complaints: string[] = [];
  let seen = "the start";
  const complain = (words: string): void => {
    complaints.push(`after ${seen}: ${words}`);
  };
  app.page.on("pageerror", (error) => {
    complain(`error: ${error.message}`);
  });
  app.page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complain(`${message.type()}: ${message.text()}`);
  });
  if (options.pictures === true) mkdirSync(pictureFolder, { recursive: true });
  return {
    app,
    page: app.page,
    keys: new Keyboard(app.page),
    words: journeyWords(options.mark ?? ""),
    path: (name) => join(folder, name),
    picture: async (name) => {
      seen = name;
      if (options.pictures !== true && options.look === undefined) return;
      await settled(app.page);
      await options.look?.(name);
      if (options.pictures === true) await app.page.screenshot({ path: join(pictureFolder, `${name}.png`) });
    },
    complaints,
    end: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for a screen by its title. */
export async function onScreen({ page }: Journey, title: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await settled(page);
}

/** Waits for a dialog of the page, and for its end. */
export function dialogOf({ page }: Journey, title: string | RegExp): Locator {
  return page.getByRole("dialog", { name: title });
}

/** The page, or what stands over it. */
export function inFront({ page }: Journey): Locator {
  return front(page);
}
