import reactHooks from "eslint-plugin-react-hooks";
import type { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { repositoryFolder } from "../paths.ts";
import { disableReasonRule } from "./disable-reason-rule.ts";
import { layersRule } from "./layers-rule.ts";

/** Ships with newer runtimes than the oldest that the product runs on (Node 20.18, Chromium 130). */
const newerThanTheRuntime = [
  ["URL", "parse"],
  ["Array", "fromAsync"],
  ["Promise", "try"],
  ["Promise", "withResolvers"],
  ["Object", "groupBy"],
  ["Map", "groupBy"],
].map(([object, property]) => ({ object, property, message: "Not in Node 20.18, which the product must run on." }));

const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name: one thing has one name everywhere.",
};
const neverAgain = [
  defaultExport,
  { selector: "MemberExpression[property.name='openExternal']", message: "The app opens nothing outside of itself." },
  {
    selector: "MemberExpression[object.type='MetaProperty'][property.name='main']",
    message: "import.meta.main is not in Node 20.18.",
  },
];

const neverInThePage = [
  ...neverAgain,
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text stays text." },
];

const electronDoors = (allowed: readonly string[]): Linter.RulesRecord => ({
  "no-restricted-imports": [
    "error",
    {
      paths: [
        {
          name: "electron",
          importNames: ["autoUpdater", "shell", "ipcMain", "ipcRenderer", "net", "crashReporter"].filter(
            (name) => !allowed.includes(name),
          ),
          message: "Closed in this file: see build/lint/config.ts.",
        },
      ],
    },
  ],
});

/** The whole lint configuration; `eslint.config.js` in the root hands it to ESLint. */
export const lintConfig = defineConfig(
  { ignores: ["node_modules/", "out/", "release/", "test-results/", "tests/fixtures/", ".cache/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.js"], languageOptions: { sourceType: "module" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: repositoryFolder } },
    plugins: { evalvault: { rules: { layers: layersRule, "disable-reason": disableReasonRule } } },
    rules: {
      "evalvault/layers": "error",
      "evalvault/disable-reason": "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      complexity: ["error", 12],
      "max-params": ["error", 5],
      eqeqeq: "error",
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "no-restricted-syntax": ["error", defaultExport],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // What is handed out, as against what builds and tests it.
    files: ["electron/**", "renderer/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": ["error", ...newerThanTheRuntime],
      "no-restricted-syntax": ["error", ...neverAgain],
      ...electronDoors([]),
    },
  },
  { files: ["renderer/**"], rules: { "no-restricted-syntax": ["error", ...neverInThePage] } },
  { files: ["electron/cli/**"], rules: { "no-console": "off" } },
  { files: ["electron/main/index.ts", "electron/main/shell-door.ts"], rules: electronDoors(["ipcMain"]) },
  { files: ["electron/main/reveal.ts"], rules: electronDoors(["shell"]) },
  { files: ["electron/preload/index.ts"], rules: electronDoors(["ipcRenderer"]) },
  {
    files: ["**/*.tsx"],
    ...reactHooks.configs.flat.recommended,
  },
  { files: ["**/*.tsx"], rules: { "max-lines-per-function": ["error", { max: 200, skipComments: true }] } },
  {
    files: ["tests/**"],
    rules: { "max-lines": ["error", 600], "max-lines-per-function": "off", complexity: ["error", 20] },
  },
  { files: ["**/*.config.ts"], rules: { "no-restricted-syntax": "off" } },
);
