/** What the kiosk says. Vietnamese as one speaks to an older neighbour; English beside it. Pure. */

/** @typedef {import("./facts.js").Language} Language */
/** @typedef {import("snapshots").Wait} Wait */
/** @typedef {import("snapshots").CounterPlace} Counter */

const VI = {
  question: "Ông bà cần làm việc gì?",
  searchHint: "Tìm: “sao y”, “sổ đỏ”…",
  frequent: "Việc nhiều người làm",
  fields: "Hoặc chọn lĩnh vực",
  result: "Tôi đến nhận kết quả",
  resultHint: "Mang theo giấy hẹn trả kết quả",
  large: "Chữ to",
  contrast: "Tương phản",
  low: "Nút xuống thấp",
  back: "Quay lại",
  home: "Về màn hình đầu",
  more: "Xem tiếp",
  procedures: "Mời ông bà chọn việc cần làm",
  searchTitle: "Tìm thủ tục",
  searchEmpty: "Chạm vào các chữ bên dưới. Không cần gõ dấu.",
  searchNothing: "Chưa tìm thấy việc nào như vậy.",
  searchNothingHelp: "Ông bà thử từ ngắn hơn, ví dụ “khai sinh”, hoặc lấy số để cán bộ hướng dẫn.",
  guidance: "Lấy số để được hướng dẫn",
  erase: "Xóa",
  eraseAll: "Xóa hết",
  space: "Dấu cách",
  papers: "Giấy tờ cần mang",
  noPapers: "Không cần mang giấy tờ gì.",
  fee: "Lệ phí",
  time: "Khi nào có kết quả",
  waiting: "Đang chờ",
  priorityQuestion: "Ông bà có thuộc diện ưu tiên không?",
  priorityHint: "Nếu có, mời chạm vào đúng ô. Cán bộ tại quầy sẽ xem giấy tờ.",
  priorityTitle: "Ông bà thuộc diện nào?",
  priorityChoose: "Mời chạm vào đúng ô. Cán bộ tại quầy sẽ xem giấy tờ.",
  ordinary: "Không thuộc diện ưu tiên",
  prioritized: "Tôi thuộc diện ưu tiên",
  take: "Lấy số",
  taking: "Đang lấy số…",
  takingWait: "Mời ông bà chờ trong giây lát.",
  delayed: "Chưa liên lạc được với máy của trung tâm.",
  delayedHelp:
    "Máy đang tự thử lại, ông bà không cần chạm thêm. Nếu phiếu đã in ra thì số trên phiếu vẫn dùng được.",
  giveUp: "Tôi không chờ nữa",
  yourNumber: "Số thứ tự của ông bà",
  ahead: "người chờ trước",
  nobodyAhead: "Ông bà là người tiếp theo",
  minutes: "phút, khoảng chừng",
  listen: "Mời ông bà ngồi chờ. Đến lượt, số sẽ hiện trên màn hình lớn và được đọc to.",
  anyCounter: "Xin theo dõi màn hình gọi số",
  printing: "Đang in phiếu. Mời ông bà lấy phiếu bên dưới.",
  printed: "Phiếu đã in xong. Mời ông bà lấy phiếu bên dưới.",
  phone: "Ông bà có điện thoại?",
  phoneHint: "Quét mã này để xem còn bao nhiêu người và được báo khi đến lượt.",
  done: "Xong",
  void: "Hủy số này",
  voiding: "Đang hủy…",
  voidFailed: "Chưa hủy được. Mời ông bà thử lại hoặc báo cán bộ.",
  voidedHelp: "Ông bà có thể lấy số khác.",
  stillThere: "Ông bà còn ở đây không?",
  moreTime: "Tôi cần thêm thời gian",
  refusedTitle: "Chưa lấy được số",
  askStaff: "Mời ông bà hỏi cán bộ hướng dẫn.",
  unavailable: "Tạm ngừng nhận",
  unavailableHelp: "Thủ tục này hiện chưa tiếp nhận. Mời ông bà hỏi cán bộ hướng dẫn.",
  quota: "Hôm nay đã hết số",
  quotaHelp: "Mời ông bà trở lại vào ngày làm việc tiếp theo, hoặc hỏi cán bộ xem có thể nộp hồ sơ qua mạng.",
  noWait: "Không phải chờ",
  nobody: "Chưa có người chờ",
  lookUp: "Xem trước giấy tờ cần mang",
  hours: "Giờ làm việc",
  stopped: "Máy này chưa được dùng để lấy số",
  stoppedHelp: "Mời ông bà lấy số ở máy khác hoặc hỏi cán bộ hướng dẫn.",
  loading: "Máy đang khởi động. Mời ông bà chờ trong giây lát.",
  noPaper: "Máy in đang hết giấy. Ông bà vẫn lấy được số: xin ghi nhớ hoặc chụp ảnh số hiện trên màn hình.",
  noPrinter: "Máy in đang tạm dừng. Ông bà vẫn lấy được số: xin ghi nhớ hoặc chụp ảnh số hiện trên màn hình.",
  closedTitle: {
    before_hours: "Chưa đến giờ lấy số",
    lunch: "Trung tâm đang nghỉ trưa",
    after_hours: "Trung tâm đã hết giờ nhận hồ sơ",
    day_off: "Hôm nay trung tâm nghỉ",
    closed: "Trung tâm đang đóng cửa",
  },
};

/** @type {typeof VI} */
const EN = {
  question: "What do you need today?",
  searchHint: "Find: “copy”, “birth”…",
  frequent: "What most people come for",
  fields: "Or choose a field",
  result: "I have come to collect a result",
  resultHint: "Please have your appointment slip ready",
  large: "Large text",
  contrast: "Contrast",
  low: "Lower buttons",
  back: "Back",
  home: "Start again",
  more: "Show more",
  procedures: "Please choose what you need",
  searchTitle: "Find a procedure",
  searchEmpty: "Touch the letters below.",
  searchNothing: "Nothing like that was found.",
  searchNothingHelp: "Try a shorter word, such as “birth”, or take a number and let our staff guide you.",
  guidance: "Take a number for guidance",
  erase: "Delete",
  eraseAll: "Clear",
  space: "Space",
  papers: "What to bring",
  noPapers: "You need not bring any papers.",
  fee: "Fee",
  time: "When it is ready",
  waiting: "Waiting now",
  priorityQuestion: "Do you belong to a priority group?",
  priorityHint: "If so, touch your group. The officer at the counter will look at your papers.",
  priorityTitle: "Which group do you belong to?",
  priorityChoose: "Touch your group. The officer at the counter will look at your papers.",
  ordinary: "Not in a priority group",
  prioritized: "I belong to a priority group",
  take: "Take a number",
  taking: "Taking your number…",
  takingWait: "Just a moment, please.",
  delayed: "The hall's computer cannot be reached.",
  delayedHelp:
    "This machine keeps trying; there is no need to touch again. A slip that has come out is good.",
  giveUp: "I will not wait",
  yourNumber: "Your number",
  ahead: "waiting before you",
  nobodyAhead: "You are next",
  minutes: "minutes, about",
  listen: "Please take a seat. Your number will be shown on the large screen and read aloud.",
  anyCounter: "Please watch the large screen",
  printing: "Your slip is being printed. Please take it below.",
  printed: "Your slip has been printed. Please take it below.",
  phone: "Have a phone?",
  phoneHint: "Scan this code to see how many are before you and to be told when it is your turn.",
  done: "Done",
  void: "Cancel this number",
  voiding: "Cancelling…",
  voidFailed: "It could not be cancelled. Please try again or tell our staff.",
  voidedHelp: "You may take another number.",
  stillThere: "Are you still there?",
  moreTime: "I need more time",
  refusedTitle: "No number could be taken",
  askStaff: "Please ask our staff.",
  unavailable: "Not offered now",
  unavailableHelp: "This procedure is not being received at present. Please ask our staff.",
  quota: "No numbers left today",
  quotaHelp: "Please come back on the next working day, or ask our staff about filing online.",
  noWait: "No waiting",
  nobody: "Nobody is waiting",
  lookUp: "See what to bring",
  hours: "Opening hours",
  stopped: "This machine is not set up to give numbers",
  stoppedHelp: "Please use another machine or ask our staff.",
  loading: "The machine is starting. Just a moment, please.",
  noPaper:
    "The printer is out of paper. You can still take a number: please remember it or take a photo of it.",
  noPrinter: "The printer is resting. You can still take a number: please remember it or take a photo of it.",
  closedTitle: {
    before_hours: "Numbers are not given out yet",
    lunch: "The centre is at lunch",
    after_hours: "The centre has closed for today",
    day_off: "The centre is closed today",
    closed: "The centre is closed",
  },
};

/** @param {Language} language */
export function words(language) {
  return language === "en" ? EN : VI;
}

/**
 * "8 người · 15–25 phút". Nobody waits where no wait is known: the counters may not be open yet.
 * @param {number} waiting @param {Wait|null} wait @param {Language} language */
export function lineWords(waiting, wait, language) {
  if (waiting === 0) return wait ? words(language).noWait : words(language).nobody;
  const people = language === "en" ? `${waiting} waiting` : `${waiting} người`;
  return wait ? `${people} · ${range(wait)} ${language === "en" ? "min" : "phút"}` : people;
}

/** "15–25", or "10" where both ends are the same. @param {Wait} wait */
export function range(wait) {
  const [low, high] = [wait.low_minutes, wait.high_minutes];
  return low === high ? `${low}` : `${low}–${high}`;
}

/** "Quầy 1 hoặc 2"; names that do not share their first words are said in full. @param {string[]} names @param {Language} language */
export function countersWords(names, language) {
  const or = language === "en" ? " or " : " hoặc ";
  const cut = names.map((name) => name.lastIndexOf(" ") + 1);
  const stem = names[0]?.slice(0, cut[0]) ?? "";
  const alike = stem !== "" && names.every((name, at) => name.slice(0, cut[at]) === stem);
  const said = alike ? names.map((name) => name.slice(stem.length)) : names;
  const last = said.at(-1) ?? "";
  return (alike ? stem : "") + (said.length > 1 ? said.slice(0, -1).join(", ") + or + last : last);
}

/** Where the counters are; once if they stand together. @param {Counter[]} counters @param {Language} language */
export function placeWords(counters, language) {
  const english = language === "en";
  const places = counters.map((each) => (english ? each.place_en || each.place : each.place));
  if (new Set(places).size <= 1) return places[0] ?? "";
  return counters.map((each, at) => `${english ? each.name_en : each.name}: ${places[at]}`).join(" · ");
}

/** @param {string} number @param {string} printer @param {Language} language */
export function unprintedWords(number, printer, language) {
  const why = {
    paper_out: ["Máy in hết giấy. ", "The printer is out of paper. "],
    none: ["", ""],
  }[printer] ?? ["Phiếu có thể chưa in ra. ", "The slip may not have been printed. "];
  return language === "en"
    ? `${why[1]}Your number is ${number}: please remember it or take a photo.`
    : `${why[0]}Số của ông bà là ${number}, xin ghi nhớ hoặc chụp ảnh số này.`;
}

/** @param {string} number @param {Language} language */
export function voidedWords(number, language) {
  return language === "en" ? `Number ${number} is cancelled` : `Đã hủy số ${number}`;
}

/** @param {number} seconds @param {Language} language */
export function leavingWords(seconds, language) {
  return language === "en"
    ? `This screen starts again in ${seconds} seconds.`
    : `Màn hình sẽ trở về đầu sau ${seconds} giây.`;
}

const DAYS = {
  vi: ["chủ nhật", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

/**
 * "Mời ông bà trở lại lúc 13:30": the wall-clock time of the hall, read from the moment's own offset.
 * @param {string} opensAt @param {string} today "2026-11-24" @param {Language} language
 */
export function reopensWords(opensAt, today, language) {
  const [day = "", time = ""] = [opensAt.slice(0, 10), opensAt.slice(11, 16)];
  const weekday = DAYS[language][new Date(`${day}T12:00:00Z`).getUTCDay()];
  const date = `${day.slice(8, 10)}/${day.slice(5, 7)}`;
  if (language === "en") {
    return `Numbers are given out again at ${time}${day === today ? "" : ` on ${weekday} ${date}`}.`;
  }
  return `Mời ông bà trở lại lấy số lúc ${time}${day === today ? "" : ` ${weekday}, ngày ${date}`}.`;
}

/** @param {string|null} at "08:17", the last time that is known to be true @param {Language} language */
export function offlineWords(at, language) {
  if (language === "en") {
    return `This machine has no connection${at ? ` since ${at}` : ""}. Please wait a little or ask our staff.`;
  }
  return `Máy đang mất liên lạc${at ? ` từ ${at}` : ""}. Xin ông bà chờ một lát hoặc hỏi cán bộ hướng dẫn.`;
}
