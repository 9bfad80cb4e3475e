export { lintConfig as default } from "./build/lint/config.ts";
