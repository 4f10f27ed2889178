import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { test } from "node:test";

test("the browser libraries which the pages load are installed", async () => {
  const served = [
    "socket.io-client/dist/socket.io.esm.min.js",
    "uqr/dist/index.mjs",
    "lucide-static/icons/printer.svg",
  ];

  const found = served.map((file) => access(new URL(`../../node_modules/${file}`, import.meta.url)));

  await assert.doesNotReject(Promise.all(found));
});
