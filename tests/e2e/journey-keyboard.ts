import { expect, type ElectronApplication, type Locator, type Page } from "@playwright/test";

/** Everything of the longest screen can be reached with fewer. */
const mostTabs = 200;

/** The part of the page that takes keys: what stands over it, or all of it. */
export function front(page: Page): Locator {
  return page.locator("body:not(:has(.veil)), .veil").last();
}

/** True where the focus is on the element or inside of it. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.contains(document.activeElement));
}

/** A person at the keyboard: no pointer, no clicks, no values set from outside. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  press(...keys: readonly string[]): Promise<void> {
    return keys.reduce(async (before, key) => {
      await before;
      await this.page.keyboard.press(key);
    }, Promise.resolve());
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Presses letters, none of which waits for what the one before it did: all are on their way before the first is dealt with. */
  async burst(letters: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const sent = letters.flatMap((key) => {
      const upper = key.toUpperCase();
      const press = { key, code: `Key${upper}`, windowsVirtualKeyCode: upper.charCodeAt(0) };
      return [
        session.send("Input.dispatchKeyEvent", { type: "keyDown", text: key, ...press }),
        session.send("Input.dispatchKeyEvent", { type: "keyUp", ...press }),
      ];
    });
    await Promise.all(sent);
    await session.detach();
  }

  /** Tabs until the focus is there. @throws Error where no number of tabs leads there */
  async reach(target: Locator): Promise<void> {
    await target.waitFor({ state: "attached" });
    for (let tabs = 0; tabs < mostTabs; tabs += 1) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`The keyboard does not reach ${target.toString()}`);
  }

  /** Reaches a text field and writes into it in place of what was there. */
  async fill(target: Locator, text: string): Promise<void> {
    await this.reach(target);
    await this.press("Control+a");
    await this.type(text);
  }

  /** Reaches a field by its label and writes into it. */
  async write(label: string | RegExp, text: string): Promise<void> {
    await this.fill(front(this.page).getByLabel(label, { exact: true }).first(), text);
  }

  /** Reaches a button, as soon as it can be pressed, and presses it. */
  async push(name: string | RegExp, within: Locator = front(this.page)): Promise<void> {
    const button = within.getByRole("button", { name }).first();
    await expect(button).toBeEnabled();
    await this.reach(button);
    await this.press("Enter");
  }

  /** Checks a box. */
  async tick(name: string | RegExp): Promise<void> {
    const box = front(this.page).getByRole("checkbox", { name }).first();
    await this.reach(box);
    await this.press("Space");
    await expect(box).toBeChecked();
  }

  /** Chooses one of a group of radio buttons. */
  async pick(group: string | RegExp, option: string | RegExp): Promise<void> {
    const radios = front(this.page).getByRole("radiogroup", { name: group });
    await this.reach(radios);
    const wanted = radios.getByRole("radio", { name: option, exact: true });
    for (let moves = 0; moves < 20 && !(await wanted.isChecked()); moves += 1) await this.press("ArrowRight");
    await expect(wanted).toBeChecked();
  }

  /** Chooses from a closed list: opens it, moves, takes. */
  async select(label: string | RegExp, option: string | RegExp): Promise<void> {
    await this.reach(front(this.page).getByRole("button", { name: label }).first());
    await this.press("Enter");
    const wanted = this.page.getByRole("option", { name: option }).first();
    await wanted.waitFor();
    // From the top: the list does not go round, and what is chosen now may stand below.
    await this.press("Home");
    await this.#moveTo(wanted);
    await this.press("Enter");
    await expect(wanted).toHaveCount(0);
  }

  /** Chooses from a list that is searched by typing. */
  async search(label: string | RegExp, words: string): Promise<void> {
    const box = front(this.page).getByRole("combobox", { name: label });
    await this.fill(box, words);
    await this.page.getByRole("option", { name: words }).first().waitFor();
    await this.press("ArrowDown", "Enter");
    await expect(box).toHaveValue(new RegExp(words.replaceAll(/[^\w ]/g, ".")));
  }

  /** Chooses from a button's menu. */
  async menu(button: string | RegExp, item: string | RegExp): Promise<void> {
    await this.push(button);
    const wanted = this.page.getByRole("menuitem", { name: item }).first();
    await wanted.waitFor();
    await this.#moveTo(wanted);
    await this.press("Enter");
  }

  /** Opens a row of a table: reaches the table, moves to the row, presses Enter. */
  async openRow(table: string | RegExp, row: string | RegExp): Promise<void> {
    await this.reachRow(table, row);
    await this.press("Enter");
  }

  async reachRow(table: string | RegExp, row: string | RegExp): Promise<void> {
    const grid = front(this.page).getByRole("grid", { name: table }).first();
    const wanted = grid.getByRole("row").filter({ hasText: row }).first();
    await wanted.waitFor();
    await this.reach(grid);
    await this.#moveTo(wanted);
  }

  /** Ctrl+K, words, Enter: a command, a screen, a run, a report. */
  async palette(words: string): Promise<void> {
    await this.press("Control+k");
    const field = this.page.getByPlaceholder("Find or do anything");
    await expect(field).toBeFocused();
    await this.type(words);
    await this.page.getByRole("option", { name: words }).first().waitFor();
    await this.press("Enter");
    await expect(field).toHaveCount(0);
  }

  async #moveTo(wanted: Locator): Promise<void> {
    for (let moves = 0; moves < 60; moves += 1) {
      if (await hasFocus(wanted)) return;
      await this.press("ArrowDown");
    }
    throw new Error(`Arrow keys do not reach ${wanted.toString()}`);
  }
}

/** From now on the system's dialogs answer with these paths: they are not part of the page. */
export async function answerDialogs(
  electron: ElectronApplication,
  answers: { readonly open?: readonly string[]; readonly save?: string },
): Promise<void> {
  await electron.evaluate(
    ({ dialog }, { open, save }) => {
      if (open !== undefined) {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...open] });
      }
      if (save !== undefined) dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save });
    },
    { open: answers.open, save: answers.save },
  );
}
