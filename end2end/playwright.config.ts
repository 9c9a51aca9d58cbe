import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser";

/** Phones come first: nearly every worker has one of this width. */
const PHONE = { width: 360, height: 740 };

export default defineConfig({
  testDir: "./tests",
  outputDir: "./test-results",
  // Each worker has a server and a database of its own, so files may run at the same time.
  fullyParallel: true,
  workers: 2,
  // On a build machine that is busy with other things a browser may be late; on a person's machine a test that passes
  // at the second try hides something.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/results.json" }]],
  use: {
    browserName: "chromium",
    viewport: PHONE,
    locale: "en-GB",
    timezoneId: "Asia/Tokyo",
    // Specs say what the network answers, and a worker that has the files would answer in its place. Where it belongs
    // to what is tested, `support/offline.ts` lets it in.
    serviceWorkers: "block",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: launchOptions(),
  },
  projects: [
    { name: "script", testIgnore: "**/*.noscript.spec.ts" },
    { name: "no-script", testIgnore: "**/*.script.spec.ts", use: { javaScriptEnabled: false } },
  ],
});
