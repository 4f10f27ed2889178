// Written by `python -m tools.snapshots` from hall/views; changes belong there.

/**
 * The counter itself. `holder`: the actor who opened it. `pause_reason` is a code; the words for it, with
 * the note, are beside it.
 */
export interface Here {
  id: string;
  name: string;
  state: "closed" | "open" | "paused";
  since: string | null;
  holder: string | null;
  pause_reason: string | null;
  pause_note: string | null;
  pause_reason_vi: string | null;
  pause_reason_en: string | null;
  takes: Take[];
}

/** One stretch of a visit; `end` null while it lasts. */
export interface Stay {
  state: "waiting" | "called" | "serving" | "held" | "done" | "no_show" | "cancelled";
  start: string;
  end: string | null;
  counter: string | null;
}

/** The citizen in front of the counter. */
export interface Card {
  id: string;
  number: string;
  queue: string;
  procedure: string;
  procedure_name: string;
  papers: string[];
  fee: string;
  time: string;
  priority: string | null;
  priority_name: string | null;
  ground: string | null;
  state: "called" | "serving";
  since: string;
  issued_at: string;
  waited_minutes: number;
  called_at: string | null;
  calls: number;
  recalls_left: number;
  recall_at: string | null;
  history: Stay[];
  because_vi: string;
  because_en: string;
  channel: string;
  language: string;
}

export interface Next {
  id: string;
  number: string;
  because_vi: string;
  because_en: string;
}

export interface InLine {
  id: string;
  number: string;
  procedure_short: string;
  priority: string | null;
  class: "returning" | "priority" | "booked" | "ordinary";
  waited_minutes: number;
  arrived_at: string;
  note: "returning" | "returned" | "transferred" | "booked" | null;
}

export interface Brief {
  id: string;
  number: string;
  procedure_short: string;
}

/** `reason` is a code; the words for it, with the note, are beside it. */
export interface Held extends Brief {
  reason: string | null;
  note: string | null;
  reason_vi: string | null;
  reason_en: string | null;
  until: string | null;
  since: string;
}

export interface Missed extends Brief {
  since: string;
}

export interface MyDay {
  served: number;
  median_wait_minutes: number | null;
  no_shows: number;
}

/**
 * What the counter did last and may take back until then. `back`: the number that goes back to its place
 * in the line with it, as it was called since.
 */
export interface Undo {
  verb: "call" | "start" | "finish" | "no_show" | "cancel" | "hold" | "transfer";
  ticket: string;
  number: string;
  back: string | null;
  until: string;
}

/**
 * `line`: the first of `line_total` in the order they would be called here. `undo` null: nothing can be
 * taken back.
 */
export interface Panel extends Heading {
  counter: Here;
  ticket: Card | null;
  next: Next | null;
  line: InLine[];
  line_total: number;
  queues: Load[];
  held: Held[];
  no_shows: Missed[];
  counters: Counter[];
  troubles: Trouble[];
  sound: "on" | "off" | "none";
  my_day: MyDay;
  undo: Undo | null;
}

/** The kiosk's own. `state` "none": it has none, "ok", or what is wrong with it. */
export interface Printer {
  state: string;
  since: string | null;
}

/** `closed_why` null: numbers are given out. `opens_at` null: open, or not within a month. */
export interface Offer extends Heading {
  opens_at: string | null;
  closed_why: "before_hours" | "lunch" | "after_hours" | "day_off" | null;
  queues: QueueNow[];
  printer: Printer;
}

/** What every snapshot begins with. `version` and `day` order them, `build` makes pages reload. */
export interface Heading {
  version: number;
  day: string;
  at: string;
  build: string;
  hall: string;
  open: boolean;
}

export interface Wait {
  low_minutes: number;
  likely_minutes: number;
  high_minutes: number;
}

/** A recall is the same call with more `times`. */
export interface BoardCall {
  call: string;
  number: string;
  counter: string;
  at: string;
  times: number;
}

/** No counter calls now. `opens_at` null: only the officers know. */
export interface Unattended {
  why: "before_hours" | "lunch" | "after_hours" | "day_off" | "paused" | "closed";
  opens_at: string | null;
}

/** A counter as everybody may see it. `number`: the ticket in front of it. */
export interface Counter {
  id: string;
  name: string;
  state: "closed" | "open" | "paused";
  number: string | null;
}

export interface QueueWaiting {
  id: string;
  name: string;
  waiting: number;
}

/** A queue as the staff see it: also the longest wait in it. */
export interface Load extends QueueWaiting {
  longest_minutes: number;
}

/** A device's trouble with its sentence for the staff. */
export interface Trouble {
  what: string;
  who: string;
  state: string;
  since: string | null;
  text_vi: string;
  text_en: string;
}

/**
 * A ticket as its kiosk and its officer get it in answers.
 *
 * `wait` null: there is no ground for a figure. `ahead` null: it waits no more. `unattended` null: somebody
 * calls its queue, or it waits no more.
 */
export interface Ticket {
  id: string;
  number: string;
  procedure: string;
  queue: string;
  priority: string | null;
  state: "waiting" | "called" | "serving" | "held" | "done" | "no_show" | "cancelled";
  issued_at: string;
  ahead: number | null;
  wait: Wait | null;
  counters: string[];
  unattended: Unattended | null;
}

/** The number a queue has come to, and where. */
export interface NowCalling {
  number: string;
  counter: string;
  counter_name: string;
  counter_name_en: string;
}

/**
 * A citizen's own ticket. `counter` and `called_at` only while called or served; `unattended` and
 * `calling`, the newest call of its queue, only while it waits: the latter where somebody calls it.
 */
export interface Track {
  number: string;
  state: "waiting" | "called" | "serving" | "held" | "done" | "no_show" | "cancelled";
  queue: string;
  procedure: string;
  procedure_en: string;
  ahead: number | null;
  wait: Wait | null;
  counter: string | null;
  counter_name: string | null;
  counter_name_en: string | null;
  counter_place: string | null;
  counter_place_en: string | null;
  called_at: string | null;
  issued_at: string;
  hall: string;
  hall_name: string;
  hall_name_en: string;
  day: string;
  cancel: boolean;
  language: string;
  unattended: Unattended | null;
  calling: NowCalling | null;
}

/**
 * How many wait, how long one who comes now would, where to go, whether numbers remain, and why nobody
 * calls.
 */
export interface QueueNow {
  id: string;
  waiting: number;
  wait: Wait | null;
  counters: string[];
  refusal: "quota_reached" | null;
  unattended: Unattended | null;
}

/** Phones and anyone: waiting per queue and the last calls. */
export interface Queues extends Heading {
  queues: QueueNow[];
  calls: BoardCall[];
}

/** `numbers` in the order they wait. */
export interface QueueLine extends QueueNow {
  numbers: string[];
}

export interface Lines {
  queues: QueueLine[];
}

/** `examples`: what people come for, in their words; may be empty. */
export interface Field {
  code: string;
  queue: string;
  name: string;
  name_en: string;
  examples: string;
  examples_en: string;
}

export interface Procedure {
  code: string;
  field: string;
  queue: string;
  name: string;
  short: string;
  name_en: string;
  papers: string[];
  fee: string;
  time: string;
  frequent: boolean;
  available: boolean;
  national_code: string;
  papers_en: string[];
  fee_en: string;
  time_en: string;
  short_en: string;
  words: string[];
}

/** `hue`: its colour on every screen. */
export interface Queue {
  id: string;
  name: string;
  name_en: string;
  hue: string;
  mark_minutes: number;
}

/** In years. `from` and `to` include the year, `over` and `under` do not. */
export interface PriorityAge {
  sense: "from" | "over" | "under" | "to";
  years: number;
}

/** `age`: the one its ground names; null where it names none, or the name says it. */
export interface Priority {
  code: string;
  name: string;
  name_en: string;
  ground: string;
  age: PriorityAge | null;
}

/** A queue a counter serves; with `over_minutes` only while somebody there has waited longer. */
export interface Take {
  queue: string;
  over_minutes: number | null;
}

export interface CounterPlace {
  id: string;
  name: string;
  name_en: string;
  place: string;
  place_en: string;
  takes: Take[];
}

/** Local time, "07:30"; a lunch break is the gap between two of them. */
export interface Hours {
  days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  opens: string;
  closes: string;
}

export interface Rules {
  tickets_before_minutes: number;
  priority_weight: number;
  booked_weight: number;
  ordinary_weight: number;
  ageing_minutes: number;
  early_minutes: number;
  late_minutes: number;
  recall_limit: number;
  recall_cool_down_seconds: number;
  return_after: number;
  void_seconds: number;
  undo_seconds: number;
}

/** A way a visit may end here, and what it is called. */
export interface Ending {
  code: string;
  name: string;
  name_en: string;
}

/**
 * What does not change during a day: catalogue, queues, counters, hours. And whether it is open.
 * `outcomes` in the order of an officer's keys; `dossiers`: whether a visit may have a dossier code.
 */
export interface HallFacts {
  id: string;
  name: string;
  name_en: string;
  authority: string;
  authority_en: string;
  open: boolean;
  fields: Field[];
  procedures: Procedure[];
  queues: Queue[];
  priorities: Priority[];
  counters: CounterPlace[];
  hours: Hours[];
  message: string | null;
  languages: string[];
  rules: Rules;
  outcomes: Ending[];
  dossiers: boolean;
}

/** The board, its queues with the longest wait, and what is wrong. */
export interface Overview extends Board {
  queues: Load[];
  troubles: Trouble[];
}

/**
 * Numbers only; calls newest first. `closed_why` and `opens_at` as the kiosk has them; `unattended`: why
 * no counter of the hall calls; `unattended_queues`: those that none calls.
 */
export interface Board extends Heading {
  calls: BoardCall[];
  counters: Counter[];
  queues: QueueWaiting[];
  message: string | null;
  opens_at: string | null;
  closed_why: "before_hours" | "lunch" | "after_hours" | "day_off" | null;
  unattended: Unattended | null;
  unattended_queues: string[];
}
