// Stands where the browser's Socket.IO library does: the test says what the hub tells, with window.hub.
const hub = {
  snapshot: null,
  there: true,
  refusal: null,
  sockets: new Set(),
  tell(change) {
    const at = new Date().toISOString();
    hub.snapshot = { ...hub.snapshot, version: hub.snapshot.version + 1, at, ...change };
    for (const socket of hub.sockets) socket.hear("snapshot", hub.snapshot);
  },
  cut() {
    hub.there = false;
    for (const socket of [...hub.sockets]) socket.hear("disconnect");
  },
};
window.hub = hub;

export function io() {
  const ears = new Map();
  const socket = {
    connected: false,
    active: true,
    io: { engine: { close() {} } },
    on: (event, act) => ears.set(event, act),
    hear: (event, said) => ears.get(event)?.(said),
    emit: () => {},
    timeout: () => ({ emit: (_event, _said, answer) => answer(null, {}) }),
    removeAllListeners: () => ears.clear(),
    disconnect: () => hub.sockets.delete(socket),
  };
  const meet = async () => {
    hub.snapshot ??= await (await fetch("/stand-in/snapshot")).json();
    if (!hub.there) return socket.hear("connect_error", new Error("gone"));
    if (hub.refusal) {
      socket.active = false;
      return socket.hear("connect_error", new Error(hub.refusal));
    }
    socket.connected = true;
    hub.sockets.add(socket);
    socket.hear("connect");
    socket.hear("snapshot", hub.snapshot);
  };
  void Promise.resolve().then(meet); // once the page listens; its clock may stand still
  return socket;
}
