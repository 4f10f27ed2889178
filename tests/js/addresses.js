// Pages import each other's modules by the addresses they are served under; this tells Node where those lie.
import * as module from "node:module";
import { isMainThread } from "node:worker_threads";

const ROOT = new URL("../../", import.meta.url);

/** "/static/web/clock.js" -> "file:///.../web/static/clock.js" @param {string} specifier */
function placed(specifier) {
  const served = /^\/static\/(\w+)\/(.+)$/.exec(specifier);
  return served ? new URL(`${served[1]}/static/${served[2]}`, ROOT).href : specifier;
}

/** @type {import("node:module").ResolveHook} */
export function resolve(specifier, context, next) {
  return next(placed(specifier), context);
}

if (isMainThread) module.register(import.meta.url);
