/**
 * How the screens become files that a hub serves: nine pages, one entry each, assets named after their content, and
 * the worker that holds all of it on a device.
 *
 * Pages are shown under a policy that knows no inline script or style, and nothing here may need one. When to build,
 * and where the result goes, is the business of `../hatch_build.py`.
 */

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { parse } from "@formatjs/icu-messageformat-parser";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { isPlain } from "./src/house/sentence.ts";

const TESTS = "src/**/*.test.{ts,tsx}";
/** What they try reads what a browser has as it is loaded, so each of these has a worker of its own. */
const ON_A_DEVICE = [
  "src/arrival/*.test.ts",
  "src/house/{elsewhere,language,leaving,renewal,storage,tablet,version}.test.ts",
];
const HUB = process.env["BRIGADE_URL"] ?? "http://127.0.0.1:8080";
const PAGES = ["index", "kitchen", "floor", "track", "ops", "office", "account", "arrival", "live"];
/** Where the hub serves its pages' worker from: above all that it is for. */
const WORKER = "worker.js";
/** Guests come once, and are handed nothing to keep. */
const HELD_PAGES = ["/", "/kitchen", "/floor", "/ops", "/office", "/account"];
const SENTENCES = /\/words\/[a-z]+\.json$/;
const DIGEST_DIGITS = 12;
const COMPRESSIBLE = /\.(js|css|svg|json)$/;
/** What is smaller fits into one packet anyway. */
const COMPRESSED_BYTES_MIN = 1024;

/** While developing: `/kitchen` shows `kitchen.html`, as it does on a hub. */
function addressesOfTheHub(): Plugin {
  const address = new RegExp(`^/(?:(?:docs/)?(${PAGES.join("|")})|(track|signed-in)/[^/?]+)/?(?=\\?|$)`);
  const below: Readonly<Record<string, string>> = { track: "track", "signed-in": "arrival" };
  return {
    name: "addresses-of-the-hub",
    configureServer(server) {
      server.middlewares.use((request, _answer, next) => {
        request.url = request.url?.replace(address, (_all, page?: string, over = "") => `/${page ?? below[over]}.html`);
        next();
      });
    },
  };
}

/** Sentences are parsed here, once: no device is sent a parser, or parses before it shows anything. */
function sentencesParsed(): Plugin {
  return {
    name: "sentences-parsed",
    apply: "build",
    enforce: "pre",
    config: () => ({
      resolve: { alias: { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" } },
    }),
    transform(code, id) {
      if (!SENTENCES.test(id)) return null;
      const sentences = Object.entries(JSON.parse(code) as Record<string, string>);
      return JSON.stringify(
        Object.fromEntries(
          sentences.map(([key, text]) => [key, isPlain(text) ? text : parse(text, { captureLocation: false })]),
        ),
      );
    },
  };
}

/**
 * Into the worker, the list of what it holds, and the digest by which the hub calls this build (`api/screens.py`): over
 * all pages in their order, which name their assets, which are named after their content.
 */
function shellInWorker(): Plugin {
  return {
    name: "shell-in-worker",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("A worker is written to a folder.");
      const pages = await Promise.all(PAGES.map((page) => readFile(join(dir, `${page}.html`))));
      const screens = createHash("sha256").update(Buffer.concat(pages)).digest("hex").slice(0, DIGEST_DIGITS);
      const assets = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
      const shell = { screens, pages: HELD_PAGES, assets: assets.map((name) => `/${name}`).sort() };
      const path = join(dir, WORKER);
      const worker = await readFile(path, "utf8");
      if (!worker.includes("__SHELL__")) throw new Error("The worker does not ask for its list.");
      await writeFile(path, worker.replaceAll("__SHELL__", JSON.stringify(shell)));
    },
  };
}

/** Beside each asset, the same compressed once and well, so that no hub ever compresses anything. */
function compressedBesides(): Plugin {
  return {
    name: "compressed-besides",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("Assets are written to a folder.");
      const names = Object.keys(bundle).filter((name) => name.startsWith("assets/") && COMPRESSIBLE.test(name));
      await Promise.all(names.map((name) => compressBeside(join(dir, name))));
    },
  };
}

async function compressBeside(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < COMPRESSED_BYTES_MIN) return;
  const brotli = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, brotli));
}

export default defineConfig({
  appType: "mpa",
  plugins: [react(), addressesOfTheHub(), sentencesParsed(), compressedBesides(), shellInWorker()],
  build: {
    outDir: "built",
    emptyOutDir: true,
    manifest: true,
    // Whatever renews itself, and has done so within some years: tablets in kitchens are not always young.
    target: "baseline-widely-available",
    // Each of these would put something into a page or an address that the policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: [...PAGES.map((page) => `${page}.html`), "src/shell/worker.ts"],
      output: {
        entryFileNames: ({ name }) => (name === "worker" ? WORKER : "assets/[name]-[hash].js"),
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: {
          // What every screen needs, apart from what changes with each of them: a new screen leaves these in the cache.
          groups: [
            { name: "react", test: /\/node_modules\/(react|react-dom|scheduler)\// },
            { name: "hub", test: /\/node_modules\/(socket\.io|engine\.io|@socket\.io)|\/screens\/src\/hub\// },
          ],
        },
      },
    },
  },
  server: {
    // The Host stays the browser's own: the hub compares it with the Origin.
    proxy: {
      "^/(api|docs(?!/live)|health|favicon\\.ico)": HUB,
      "/socket.io": { target: HUB, ws: true },
    },
  },
  test: {
    // The law is held on examples of a dinner, and the client is tried on a hub: `tests/screens` plays and opens them.
    exclude: [
      ...(process.env["BRIGADE_EXAMPLES"] === undefined ? ["src/hub/boards/law.test.ts"] : []),
      ...(process.env["HUB_URL"] === undefined ? ["src/hub/example.live.test.ts"] : []),
    ],
    pool: "threads",
    projects: [
      // Most rules know no device and keep nothing: their files share a worker, which takes a sixth of the time.
      { extends: true, test: { name: "rules", include: [TESTS], exclude: ON_A_DEVICE, isolate: false } },
      { extends: true, test: { name: "on a device", include: ON_A_DEVICE } },
    ],
  },
});
