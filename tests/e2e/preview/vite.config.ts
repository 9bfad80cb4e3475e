import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The preview's own server: never part of a build of the product. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../../../node_modules/.cache/preview", import.meta.url)),
  plugins: [react()],
  server: {
    host: "127.0.0.1",
    port: 5199,
    strictPort: false,
    hmr: false,
    watch: null,
    fs: { allow: [fileURLToPath(new URL("../../..", import.meta.url))] },
  },
});
