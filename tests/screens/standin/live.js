// In place of live.js: the test is the hub. `window.wishes` is what the page asked for, `window.sent` what it said.
export function connect(wishes) {
  window.wishes = wishes;
  window.sent = [];
  window.beat = () => {
    window.sent.push(["heartbeat", wishes.heartbeat?.()]);
    wishes.onAck?.({ speak: window.speak !== false });
  };
  setTimeout(() => {
    window.beat();
    window.tell(window.snapshot);
  });
  return { close() {}, beat: window.beat, send: (event, payload) => window.sent.push([event, payload]) };
}

/** The hub says something; its time is `at` of the snapshot. */
window.tell = (snapshot) => {
  if (!snapshot) return;
  window.snapshot = snapshot;
  window.wishes.onSnapshot(snapshot);
  window.wishes.onState({ online: true, lastAt: performance.now(), refused: null });
};

export function deviceToken() {
  return "token";
}
