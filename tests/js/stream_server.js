// Reads recorded keys, a line of JSON each, and answers with what they were taken for.
import { createInterface } from "node:readline";
import { keyOf, playing } from "./stream_player.js";

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {{keys: [number, string][], heldUp: number}} */
  const { keys, heldUp } = JSON.parse(line);
  const told = playing(
    keys.map(([pause, sign]) => [pause, sign.length === 1 ? keyOf(sign) : sign]),
    { heldUp },
  );
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
