import { defineConfig } from "vite";

// Trusted Types forbid strings as markup; the drawing library empties elements
// that way.
const noMarkup = {
  name: "no-markup",
  transform(code, id) {
    if (!/node_modules\/(echarts|zrender)\//.test(id) || !code.includes("innerHTML")) return null;
    return { code: code.replace(/\.innerHTML\s*=\s*(''|""|null)/g, ".replaceChildren()").replaceAll("innerHTML", "textContent"), map: null };
  },
};

// Names are stable, so that the files can be committed and compared.
export default defineConfig({
  base: "./",
  publicDir: "public",
  plugins: [noMarkup],
  build: {
    outDir: "static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: { widget: "src/widget.ts" },
      preserveEntrySignatures: "allow-extension",
      output: {
        format: "es", entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]",
      },
    },
  },
});
