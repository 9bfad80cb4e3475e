import { beforeEach, expect, it } from "vitest";
import {
  goBack,
  goForward,
  keepPlace,
  navigate,
  replacePlace,
  resetView,
  setOverlay,
  useView,
} from "../../../renderer/state/view.ts";

const here = (): string => {
  const { screen, params } = useView.getState().place;
  return params["id"] === undefined ? screen : `${screen} ${params["id"]}`;
};

beforeEach(resetView);

it("goes back and forward through the places that were opened", () => {
  navigate("runs");
  navigate("run", { id: "run-1" });
  goBack();
  expect(here()).toBe("runs");
  goBack();
  expect(here()).toBe("overview");
  goBack();
  expect(here()).toBe("overview");
  goForward();
  goForward();
  expect(here()).toBe("run run-1");
  goForward();
  expect(here()).toBe("run run-1");
});

it("forgets the way forward when another way is taken, and does not count a place twice", () => {
  navigate("runs");
  navigate("runs");
  goBack();
  expect(here()).toBe("overview");
  navigate("models");
  goForward();
  expect(here()).toBe("models");
});

it("replaces a place without a way back to it, and remembers nothing after a lock", () => {
  navigate("unlock");
  replacePlace("models");
  goBack();
  expect(here()).toBe("overview");
  navigate("run", { id: "run-1" });
  setOverlay("palette");
  resetView();
  expect(useView.getState()).toMatchObject({ place: { screen: "overview" }, past: [], future: [], overlay: null });
});

it("comes back to a place as it was left, not as it was opened", () => {
  navigate("run", { id: "first" });
  keepPlace({ id: "second" });
  expect(here()).toBe("run first");
  navigate("models");
  goBack();
  expect(here()).toBe("run second");
  keepPlace({ id: "third" });
  goBack();
  goForward();
  expect(here()).toBe("run third");
});
