// The official socket.io-client under Node: one JSON line for each thing it is told.
import { io } from "socket.io-client";

const [url, namespace, token] = process.argv.slice(2);
const socket = io(`${url}${namespace}`, {
  transports: ["websocket"],
  reconnection: false,
  auth: { hall: "thach-ha", token },
});

/**
 * @param {string} what
 * @param {unknown} said
 */
function tell(what, said) {
  console.log(JSON.stringify([what, said]));
}

for (const event of ["snapshot", "beacon", "closed"]) socket.on(event, (said) => tell(event, said));
socket.on("connect", () => {
  socket
    .timeout(5000)
    .emit("heartbeat", { sound: "on" }, (/** @type {unknown} */ failed, /** @type {unknown} */ reply) => {
      tell("ack", failed ? null : reply);
    });
});
socket.on("connect_error", (error) => {
  tell("refused", error.message);
  process.exit();
});
socket.on("disconnect", (reason) => {
  tell("disconnect", reason);
  process.exit();
});
