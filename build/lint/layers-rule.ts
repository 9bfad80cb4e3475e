import { isBuiltin } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import type { Rule } from "eslint";
import { repositoryFolder } from "../paths.ts";
import { type Layer, layers, networkModules, silencingFile } from "./house.ts";

const byLength = [...layers].sort((a, b) => b.folder.length - a.folder.length);

function isInside(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function layerOf(path: string): Layer | undefined {
  return byLength.find(({ folder }) => isInside(path, folder));
}

/** Asset imports carry a query in Vite (`./logo.svg?url`); the file is what counts. */
function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, "");
}

/** The npm package that an import names: `@scope/name/sub` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function reasonAgainstOwn(path: string, layer: Layer, specifier: string): string | undefined {
  const absolute = resolve(repositoryFolder, dirname(path), withoutQuery(specifier));
  const target = relative(repositoryFolder, absolute).split(sep).join("/");
  const isAllowed =
    layerOf(target) === layer ||
    // A folder of its own inside the one that imports, as renderer/charts is in renderer.
    isInside(target, layer.folder) ||
    layer.imports.some((place) => isInside(target, place));
  return isAllowed ? undefined : `${layer.folder} may not import ${target}`;
}

function reasonAgainstNode(path: string, layer: Layer, name: string): string | undefined {
  if (networkModules.includes(name)) {
    return path === silencingFile ? undefined : `nothing here opens a connection: ${name} is only for ${silencingFile}`;
  }
  if (name === "child_process" && layer.folder !== "electron/runner") return "only electron/runner starts processes";
  return layer.node ? undefined : `${layer.folder} runs where Node's modules are not to be had`;
}

/**
 * Why a file may not import something, or undefined where it may.
 * @param path of the importing file, relative to the checkout, forward slashes
 * @param isTypeOnly `import type …`
 */
export function reasonAgainst(path: string, specifier: string, isTypeOnly = false): string | undefined {
  const layer = layerOf(path);
  if (layer === undefined) return undefined;
  if (specifier.startsWith(".")) return reasonAgainstOwn(path, layer, specifier);
  if (isBuiltin(specifier)) return reasonAgainstNode(path, layer, specifier.replace(/^node:/, ""));
  const name = packageOf(specifier);
  if (isTypeOnly && layer.typesOf?.includes(name) === true) return undefined;
  const isListed = layer.packages.some((allowed) =>
    allowed.endsWith("/") ? name.startsWith(allowed) : name === allowed,
  );
  return isListed ? undefined : `${layer.folder} has no use for the package ${name} (build/lint/house.ts)`;
}

function literalOf(node: unknown): string | undefined {
  if (typeof node !== "object" || node === null || !("value" in node)) return undefined;
  return typeof node.value === "string" ? node.value : undefined;
}

/** Holds every import, re-export, dynamic import and imported type against the house. */
export const layersRule: Rule.RuleModule = {
  meta: { type: "problem", schema: [], messages: { layer: "{{reason}}." } },
  create(context) {
    const path = relative(repositoryFolder, context.filename).split(sep).join("/");
    if (layerOf(path) === undefined) return {};
    const check = (node: Rule.Node, source: unknown): void => {
      const specifier = literalOf(source);
      const isTypeOnly = Reflect.get(node, "importKind") === "type" || node.type === ("TSImportType" as string);
      const reason = specifier === undefined ? undefined : reasonAgainst(path, specifier, isTypeOnly);
      if (reason !== undefined) context.report({ node, messageId: "layer", data: { reason } });
    };
    return {
      ImportDeclaration: (node) => {
        check(node, node.source);
      },
      ExportNamedDeclaration: (node) => {
        check(node, node.source);
      },
      ExportAllDeclaration: (node) => {
        check(node, node.source);
      },
      ImportExpression: (node) => {
        check(node, node.source);
      },
      TSImportType: (node: Rule.Node) => {
        check(node, Reflect.get(node, "source"));
      },
    };
  },
};
