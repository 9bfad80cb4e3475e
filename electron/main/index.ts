import { dirname } from "node:path";
import { app, BrowserWindow, ipcMain, Menu, session, type WebContents } from "electron";
import { policyViolationChannel } from "../contract/shell-channels.ts";
import { Application } from "./application.ts";
import { isEndToEndBuild } from "./build-kind.ts";
import { isOurPage } from "./caller-check.ts";
import { restrictAllContents } from "./contents-policy.ts";
import { leaveOutOfCoreDumps } from "./core-dumps.ts";
import { locateParts, readPageManifest } from "./layout.ts";
import { createMainWindow } from "./main-window.ts";
import { menuTemplate } from "./menu-template.ts";
import { fileToOpen } from "./opened-files.ts";
import { PageChannel } from "./page-channel.ts";
import { registerPageScheme, servePage } from "./page-protocol.ts";
import { PreferencesFile } from "./preferences.ts";
import { clearChromiumFiles, locateProfile, makeProfile, type Profile } from "./profile.ts";
import { paperUrl, Printer } from "./printer.ts";
import { Refusals } from "./refusals.ts";
import { isRequestAllowed } from "./request-filter.ts";
import { lockDownSession, silenceSpellChecker } from "./session-policy.ts";
import { openShellDoor } from "./shell-door.ts";
import { refusedSwitch, silentSwitches } from "./switches.ts";

const development = !app.isPackaged;
const debuggable = development || isEndToEndBuild();

/** Everything that has to be settled before Chromium starts. Returns null when this start does not go on. */
function prepare(refusals: Refusals): Profile | null {
  app.setName("EvalVault");
  leaveOutOfCoreDumps("self");
  const switchName = refusedSwitch((name) => app.commandLine.hasSwitch(name), {
    packaged: app.isPackaged,
    endToEnd: isEndToEndBuild(),
  });
  if (switchName !== null) {
    process.stderr.write(`evalvault: --${switchName} is refused: it would open the app to others. Start without it.\n`);
    app.exit(1);
    return null;
  }
  for (const [name, value] of silentSwitches) app.commandLine.appendSwitch(name, value);
  // A packaged app has refused the switch by now; a developer who is root cannot do without it.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  registerPageScheme();
  app.on("session-created", silenceSpellChecker);
  restrictAllContents(app, refusals);
  const profile = locateProfile(app.commandLine.getSwitchValue("profile"), app.getPath("appData"));
  makeProfile(profile);
  app.setPath("userData", profile.folder);
  app.setPath("sessionData", profile.chromiumFolder);
  app.setPath("crashDumps", profile.crashFolder);
  const file = fileToOpen(process.argv.slice(1), process.cwd());
  if (!app.requestSingleInstanceLock({ file })) {
    // The instance that owns the profile comes to the front and opens the file.
    app.exit(0);
    return null;
  }
  clearChromiumFiles(profile);
  return profile;
}

/** Makes session, window and application, once Chromium is up. */
async function open(profile: Profile, refusals: Refusals, channel: PageChannel): Promise<void> {
  const layout = locateParts(dirname(import.meta.dirname), development ? null : process.resourcesPath);
  app.configureHostResolver({
    secureDnsMode: "off",
    enableBuiltInResolver: false,
    enableAdditionalDnsQueryTypes: false,
  });
  // No "persist:": it lives in memory.
  const pageSession = session.fromPartition("main");
  servePage(pageSession, readPageManifest(layout), layout.pageFolder);
  const printSession = session.fromPartition("print");
  const printer = new Printer(printSession);
  await Promise.all([
    ...[pageSession, session.defaultSession].map((one) =>
      lockDownSession(one, refusals, (url) => isRequestAllowed(url, debuggable)),
    ),
    lockDownSession(printSession, refusals, (url) => url === paperUrl),
  ]);
  const window = createMainWindow({
    session: pageSession,
    preload: layout.preload,
    placeFile: profile.windowFile,
    devTools: debuggable,
  });
  const application = new Application({
    window,
    channel,
    refusals,
    printer,
    layout,
    profileFolder: profile.folder,
    preferences: new PreferencesFile(profile.preferencesFile),
    showOutput: debuggable,
  });
  wireApp(application, window);
  wirePage(application, window.webContents, refusals);
  const file = fileToOpen(process.argv.slice(1), process.cwd());
  if (file !== null) application.openFile(file);
  await application.open();
}

function wireApp(application: Application, window: BrowserWindow): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(
        (id) => {
          application.menuChosen(id);
        },
        { mac: process.platform === "darwin", development },
      ),
    ),
  );
  app.on("before-quit", (event) => {
    if (!application.mayQuit()) event.preventDefault();
  });
  window.on("close", (event) => {
    if (application.mayQuit()) return;
    event.preventDefault();
  });
  window.on("page-title-updated", (event) => {
    event.preventDefault();
  });
  app.on("second-instance", (_event, _argv, _folder, data) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    const file = typeof data === "object" && data !== null && "file" in data ? data.file : null;
    if (typeof file === "string") application.openFile(file);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    application.openFile(path);
  });
}

function wirePage(application: Application, page: WebContents, refusals: Refusals): void {
  const ours = (call: Parameters<typeof isOurPage>[0]): boolean => isOurPage(call, page);
  openShellDoor(ipcMain, application.handlers(), {
    isOurPage: ours,
    turnedAway: () => {
      refusals.add("caller");
    },
  });
  ipcMain.on(policyViolationChannel, (event) => {
    if (ours(event)) refusals.add("policy");
  });
  page.on("input-event", () => {
    application.inputSeen();
  });
  page.on("before-input-event", (event, input) => {
    const command = input.type === "keyDown" && (input.control || input.meta) && !input.alt && !input.shift;
    const key = input.key.toLowerCase();
    if (!command || (key !== "l" && key !== "q")) return;
    event.preventDefault();
    application.menuChosen(key === "l" ? "vault.lock" : "app.quit");
  });
  page.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit") application.pageEnded();
  });
}

function start(): void {
  const channel = new PageChannel((name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(name, payload);
  });
  const refusals = new Refusals((refused) => {
    channel.emit("refusedRequests", refused);
  });
  const profile = prepare(refusals);
  if (profile === null) return;
  app
    .whenReady()
    .then(() => open(profile, refusals, channel))
    .catch((error: unknown) => {
      process.stderr.write(`evalvault: it could not start: ${error instanceof Error ? error.message : "unknown"}\n`);
      app.exit(1);
    });
}

start();
