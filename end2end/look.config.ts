import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

/** Pictures of all pages, for people to look at: `OUT=/tmp/look npm run look`. No part of the tests. */
export default defineConfig({
  ...base,
  testDir: "./look",
  outputDir: "./test-results/look",
  reporter: "list",
  projects: [{ name: "look" }],
});
