/** What the panel says, Vietnamese and English. */

/** @typedef {"vi"|"en"} Language */

/** @type {Readonly<Record<string, readonly [vi: string, en: string]>>} */
const WORDS = {
  title: ["Quầy làm việc", "Counter panel"],
  loading: ["Đang mở…", "Opening…"],
  // log-in
  login_title: ["Đăng nhập", "Log in"],
  login_text: [
    "Tên và mật khẩu do người quản trị của trung tâm cấp.",
    "Name and password are given by the administrator.",
  ],
  login_again: [
    "Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục, mọi việc ở quầy vẫn còn nguyên.",
    "Your session has ended. Log in again to go on; everything at the counter is as it was.",
  ],
  login_name: ["Tên đăng nhập", "Name"],
  login_password: ["Mật khẩu", "Password"],
  login_do: ["Đăng nhập", "Log in"],
  login_wrong_place: [
    "Tài khoản này không làm việc tại quầy. Xin đăng nhập bằng tài khoản cán bộ.",
    "This account does not work at a counter. Please log in as an officer.",
  ],
  name_needed: ["Xin nhập tên đăng nhập và mật khẩu.", "Please enter name and password."],
  logout: ["Đăng xuất", "Log out"],
  // choosing a counter
  choose_title: ["Hôm nay làm việc ở quầy nào?", "Which counter today?"],
  choose_text: ["Chọn một quầy để bắt đầu gọi số.", "Choose a counter to begin calling."],
  choose_closed: ["Chưa mở", "Closed"],
  choose_open: ["Đang có cán bộ", "Somebody is there"],
  choose_paused: ["Tạm dừng, có cán bộ", "Paused, somebody is there"],
  choose_serving: ["Đang có cán bộ · {number}", "Somebody is there · {number}"],
  choose_last: ["Quầy lần trước", "Your last counter"],
  take_over_title: ["Nhận thay {counter}?", "Take over {counter}?"],
  take_over_text: [
    "Quầy này đang có cán bộ khác phụ trách{serving}. Nếu nhận thay, người đó không thao tác ở quầy này được nữa.",
    "Another officer holds this counter{serving}. If you take it over, they can no longer act there.",
  ],
  take_over_serving: [" và đang phục vụ số {number}", " and is serving {number}"],
  take_over_do: ["Nhận quầy", "Take over"],
  move_title: ["Chuyển sang {counter}?", "Move to {counter}?"],
  move_text: [
    "Tài khoản này đang phụ trách một quầy khác. Nếu chuyển, quầy đó sẽ đóng lại.",
    "You hold another counter. If you move, that counter closes.",
  ],
  move_do: ["Chuyển quầy", "Move"],
  // states of the counter
  phase_free: ["Sẵn sàng", "Ready"],
  phase_called: ["Đang gọi", "Calling"],
  phase_serving: ["Đang phục vụ", "Serving"],
  phase_paused: ["Tạm dừng", "Paused"],
  phase_closed: ["Đã đóng", "Closed"],
  phase_taken: ["Người khác nhận quầy", "Taken over"],
  takes_over: ["{queue} khi chờ quá {minutes} phút", "{queue} when waiting over {minutes} min"],
  // the card
  free_title: ["Mời công dân tiếp theo", "Ready for the next citizen"],
  free_next: ["Kế tiếp", "Next"],
  empty_title: ["Chưa có ai chờ quầy này", "Nobody is waiting for this counter"],
  empty_text: [
    "Khi có người lấy số, số đó hiện ngay ở đây.",
    "As soon as somebody takes a number it shows here.",
  ],
  paused_title: ["Quầy tạm dừng", "The counter is paused"],
  paused_text: ["Từ {time} · {reason}", "Since {time} · {reason}"],
  paused_waiting: ["{count} người đang chờ quầy này.", "{count} waiting for this counter."],
  paused_waiting_one: ["1 người đang chờ quầy này.", "1 waiting for this counter."],
  taken_title: ["{counter} đã có cán bộ khác nhận", "Another officer has taken {counter}"],
  taken_text: [
    "Từ {time}. Ở đây chỉ còn xem được. Xin trao đổi với người đó, hoặc chọn quầy khác.",
    "Since {time}. You can only look on here. Please speak with them, or choose another counter.",
  ],
  taken_back: ["Nhận lại quầy này", "Take it back"],
  taken_other: ["Chọn quầy khác", "Choose another"],
  waited: ["Chờ {minutes} phút", "Waited {minutes} min"],
  waited_none: ["Vừa đến", "Just arrived"],
  issued: ["lấy số {time}", "number taken {time}"],
  calls: ["gọi {count} lần", "called {count}×"],
  english_speaker: ["Lấy số bằng tiếng Anh", "Took the number in English"],
  why: ["Vì sao:", "Why:"],
  history: ["Diễn biến:", "So far:"],
  stay_waiting: ["chờ {time}", "waiting {time}"],
  stay_called: ["gọi {time}", "called {time}"],
  stay_serving: ["phục vụ {time}", "served {time}"],
  stay_held: ["tạm giữ {time}", "held {time}"],
  stay_at: [" ({counter})", " ({counter})"],
  papers: ["Giấy tờ cần có", "Papers to expect"],
  papers_none: ["Thủ tục này không ghi giấy tờ cụ thể.", "No particular papers are listed."],
  priority_seen: ["Đã xem giấy tờ ưu tiên: {name}", "Priority proof seen: {name}"],
  ground: ["Căn cứ: {ground}", "Ground: {ground}"],
  fee: ["Lệ phí:", "Fee:"],
  time: ["Thời hạn:", "Time:"],
  priority_none: ["Không ưu tiên", "No priority"],
  priority_change: ["Xác nhận hoặc sửa diện ưu tiên (U)", "Confirm or correct the priority (U)"],
  // outcome and dossier
  outcome_title: ["Kết quả", "Outcome"],
  outcome_accepted: ["Đã tiếp nhận hồ sơ", "Dossier accepted"],
  outcome_accepted_immediate: ["Nhận và trả ngay", "Given at once"],
  outcome_supplement: ["Yêu cầu bổ sung", "Asked for papers"],
  outcome_refused: ["Từ chối tiếp nhận", "Refused"],
  outcome_result_returned: ["Đã trả kết quả", "Result returned"],
  outcome_guided: ["Đã hướng dẫn", "Guided"],
  outcome_left: ["Công dân đã về", "Citizen left"],
  dossier: ["Mã hồ sơ", "Dossier code"],
  dossier_good: ["Đúng mẫu", "Right form"],
  dossier_typing: ["Chưa đủ", "Not complete"],
  dossier_wrong: ["Sai mẫu", "Wrong form"],
  // the acts
  next: ["Gọi tiếp", "Call next"],
  next_number: ["Gọi tiếp {number}", "Call {number}"],
  next_none: ["Chưa có ai chờ", "Nobody is waiting"],
  start: ["Bắt đầu phục vụ", "Start serving"],
  start_hint: ["công dân đã đến", "the citizen is here"],
  finish_next: ["Hoàn tất và gọi tiếp", "Finish and call next"],
  finish_last: ["Hoàn tất", "Finish"],
  outcome_needed: ["chọn kết quả 1–7", "choose an outcome 1–7"],
  reopen: ["Mở lại quầy", "Open again"],
  finish: ["Hoàn tất", "Finish"],
  recall: ["Gọi lại", "Call again"],
  recall_left: ["còn {count} lần", "{count} left"],
  recall_cooling: ["sau {seconds} giây", "in {seconds} s"],
  no_show: ["Vắng mặt", "No-show"],
  hold: ["Tạm giữ", "Hold"],
  transfer: ["Chuyển", "Transfer"],
  call: ["Gọi số khác", "Call another"],
  reprint: ["In lại phiếu", "Reprint slip"],
  cancel: ["Hủy số", "Cancel ticket"],
  pause: ["Tạm dừng", "Pause"],
  close: ["Đóng quầy", "Close counter"],
  busy: ["Đang thực hiện…", "Working…"],
  delayed: [
    "Chưa có trả lời, đang thử lại. Xin đừng bấm thêm.",
    "No answer yet, trying again. No need to press again.",
  ],
  key_space: ["Phím cách", "Space"],
  key_space_start: ["Phím cách hoặc S", "Space or S"],
  // why not
  why_offline: [
    "Đang mất kết nối. Nút này dùng được khi có kết nối trở lại.",
    "Off line. This works again when the connection is back.",
  ],
  why_taken: ["Quầy đang do cán bộ khác phụ trách.", "Another officer holds this counter."],
  why_paused: [
    "Quầy đang tạm dừng. Xin mở lại quầy trước.",
    "The counter is paused. Please open it again first.",
  ],
  why_closed: ["Quầy đang đóng. Xin mở quầy trước.", "The counter is closed. Please open it first."],
  why_no_citizen: ["Chưa có công dân nào ở quầy.", "There is no citizen at the counter."],
  why_not_called: ["Công dân đã đến và đang được phục vụ.", "The citizen has come and is being served."],
  why_not_serving: ["Chưa có công dân nào đang được phục vụ.", "Nobody is being served."],
  why_called_first: [
    "Xin bấm “Bắt đầu phục vụ” khi công dân đã đến.",
    "Please press “Start serving” when the citizen has come.",
  ],
  why_still_here: [
    "Xin hoàn tất, tạm giữ hoặc chuyển công dân ở quầy trước.",
    "Please finish, hold or transfer the citizen at the counter first.",
  ],
  why_nobody: ["Chưa có ai chờ quầy này.", "Nobody is waiting for this counter."],
  why_cooling: ["Vừa gọi xong, xin chờ {seconds} giây rồi gọi lại.", "Just called; please wait {seconds} s."],
  why_no_recalls: [
    "Đã gọi đủ số lần. Nếu công dân chưa đến, xin bấm “Vắng mặt”.",
    "Called as often as allowed. If nobody came, please press “No-show”.",
  ],
  why_outcome: ["Xin chọn kết quả trước: phím 1 đến 7.", "Please choose the outcome first: keys 1 to 7."],
  why_dossier: [
    "Mã hồ sơ chưa đúng mẫu, ví dụ H27.10.12-261124-0001. Xin sửa lại hoặc xóa đi.",
    "The dossier code is not in the right form, e.g. H27.10.12-261124-0001. Please correct or clear it.",
  ],
  // what was done
  done_next: ["Đã gọi {number}.", "{number} called."],
  done_start: ["{number}: bắt đầu phục vụ.", "{number}: service started."],
  done_finish: ["{number}: {outcome}.", "{number}: {outcome}."],
  done_finish_next: ["{number}: {outcome}. Đã gọi {next}.", "{number}: {outcome}. {next} called."],
  done_finish_empty: [
    "{number}: {outcome}. Không còn ai chờ quầy này.",
    "{number}: {outcome}. Nobody is waiting any more.",
  ],
  done_recall: ["Đã gọi lại {number}.", "{number} called again."],
  done_no_show: ["{number}: đã ghi vắng mặt.", "{number}: marked as a no-show."],
  done_hold: [
    "{number}: đã tạm giữ, công dân quay lại thì bấm “Tiếp tục”.",
    "{number}: on hold; press “Resume” when they are back.",
  ],
  done_transfer: ["{number}: đã chuyển đến {place}.", "{number}: transferred to {place}."],
  done_reprint: ["{number}: phiếu đang in lại.", "{number}: the slip is being printed again."],
  done_cancel: ["{number}: đã hủy số.", "{number}: cancelled."],
  done_priority: ["{number}: {priority}.", "{number}: {priority}."],
  done_resume: ["{number}: tiếp tục phục vụ.", "{number}: back in service."],
  done_resume_line: ["{number}: xếp đầu hàng chờ của quầy này.", "{number}: first in line for this counter."],
  done_return: ["{number}: đã đưa trở lại hàng chờ.", "{number}: back in the line."],
  done_pause: ["Quầy đã tạm dừng.", "The counter is paused."],
  done_reopen: ["Quầy đã mở.", "The counter is open."],
  // the line
  waiting: ["Đang chờ", "Waiting"],
  waiting_more: ["và {count} người nữa", "and {count} more"],
  line_empty: ["Không có ai đang chờ quầy này.", "Nobody is waiting for this counter."],
  minutes: ["{minutes} phút", "{minutes} min"],
  row: [
    "{number}, {procedure}, chờ {minutes} phút. Mở các việc với số này.",
    "{number}, {procedure}, {minutes} minutes. Open what can be done with it.",
  ],
  held: ["Tạm giữ", "On hold"],
  held_until: ["hẹn {time}", "until {time}"],
  held_since: ["từ {time}", "since {time}"],
  held_overdue: ["quá hẹn {time}", "due {time}"],
  resume: ["Tiếp tục", "Resume"],
  no_shows: ["Vắng mặt", "No-shows"],
  come_back: ["Quay lại", "Is back"],
  nobody_short: ["không có", "none"],
  note_transferred: ["chuyển đến", "transferred"],
  note_returned: ["quay lại sau vắng mặt", "back after no-show"],
  note_returning: ["quay lại quầy", "coming back"],
  note_booked: ["đặt lịch", "booked"],
  class_priority: ["ưu tiên", "priority"],
  // dialogs
  dialog_close: ["Thôi", "Back"],
  dialog_ok: ["Xong", "Done"],
  pause_title: ["Tạm dừng vì lý do gì?", "Why pause?"],
  pause_do: ["Tạm dừng quầy", "Pause the counter"],
  pause_meeting: ["Họp", "Meeting"],
  pause_signing: ["Ký hồ sơ", "Signing papers"],
  pause_break: ["Giải lao", "Break"],
  pause_lunch: ["Ăn trưa", "Lunch"],
  pause_software: ["Sự cố phần mềm", "Software trouble"],
  reason_other: ["Khác", "Other"],
  reason_write: ["Ghi lý do", "Write the reason"],
  reason_needed: ["Xin ghi lý do.", "Please write the reason."],
  hold_title: ["Tạm giữ {number}", "Hold {number}"],
  hold_text: [
    "Công dân giữ nguyên lượt, quay lại thì được phục vụ ngay.",
    "The citizen keeps the turn and is served at once when back.",
  ],
  hold_do: ["Tạm giữ", "Hold"],
  hold_papers: ["Bổ sung giấy tờ", "Fetching papers"],
  hold_copies: ["Đi sao chụp giấy tờ", "Making copies"],
  hold_form: ["Điền tờ khai", "Filling in a form"],
  hold_fee: ["Nộp phí, lệ phí", "Paying the fee"],
  hold_elsewhere: ["Chờ ý kiến bộ phận khác", "Waiting for another office"],
  until_title: ["Hẹn quay lại", "Expected back"],
  until_none: ["Không hẹn", "No time"],
  until_at: ["Lúc", "At"],
  until_wrong: ["Xin chọn một giờ sau bây giờ, trong ngày hôm nay.", "Please choose a time later today."],
  transfer_title: ["Chuyển {number}", "Transfer {number}"],
  transfer_text: ["Số và giờ đến giữ nguyên.", "Number and arrival time stay."],
  transfer_find: ["Tìm: số quầy, chữ hàng chờ, tên thủ tục", "Find: counter number, queue letter, procedure"],
  transfer_none: ["Không có nơi nào như vậy.", "No such place."],
  transfer_needed: ["Xin chọn nơi chuyển đến.", "Please choose where to."],
  transfer_position: ["Xếp", "Place"],
  position_by_arrival: ["Theo giờ đến", "By arrival"],
  position_first: ["Đầu hàng", "First"],
  position_last: ["Cuối hàng", "Last"],
  transfer_do: ["Chuyển", "Transfer"],
  kind_counter: ["Quầy", "Counter"],
  kind_queue: ["Hàng chờ", "Queue"],
  kind_procedure: ["Thủ tục", "Procedure"],
  call_title: ["Gọi số khác, ngoài lượt", "Call another number, out of turn"],
  call_text: ["Lý do được ghi lại cùng lượt gọi.", "The reason is kept with the call."],
  call_number: ["Số cần gọi", "Number"],
  call_none: [
    "Không thấy số này trong hàng chờ của quầy; hệ thống sẽ tìm trong cả trung tâm.",
    "Not in this counter's line; the whole hall will be searched.",
  ],
  call_needed: ["Xin nhập hoặc chọn một số, ví dụ A026.", "Please type or choose a number such as A026."],
  call_reason: ["Lý do", "Reason"],
  call_back: ["Quay lại bổ sung giấy tờ", "Back with papers"],
  call_frail: ["Người yếu, người bệnh, trẻ nhỏ", "Frail, ill, small child"],
  call_urgent: ["Việc gấp", "Urgent"],
  call_asked: ["Theo yêu cầu của phụ trách", "Asked by the supervisor"],
  call_do: ["Gọi số này", "Call it"],
  priority_title: ["Diện ưu tiên của {number}", "Priority of {number}"],
  priority_text: ["Giờ đến giữ nguyên.", "The arrival time stays."],
  priority_change_short: ["Diện ưu tiên", "Priority"],
  priority_do: ["Ghi nhận", "Save"],
  cancel_title: ["Hủy số {number}?", "Cancel {number}?"],
  cancel_text: [
    "Số này sẽ không được gọi nữa và không lấy lại được.",
    "The number will not be called again and cannot be restored.",
  ],
  cancel_do: ["Hủy số {number}", "Cancel {number}"],
  number_title: ["Số {number}", "Number {number}"],
  logout_title: ["Đăng xuất?", "Log out?"],
  logout_text: [
    "Quầy còn mở thì vẫn giữ chỗ cho ông bà; đóng quầy để cán bộ khác nhận.",
    "An open counter stays yours; close it so that somebody else can take it.",
  ],
  logout_close: ["Đóng quầy và đăng xuất", "Close the counter and log out"],
  logout_keep: ["Chỉ đăng xuất", "Only log out"],
  hall_title: ["Toàn trung tâm", "The whole hall"],
  hall_counters: ["Các quầy", "Counters"],
  hall_queues: ["Các hàng chờ", "Queues"],
  hall_troubles: ["Thiết bị cần xem", "Devices that need a look"],
  hall_longest: ["lâu nhất {minutes} phút", "longest {minutes} min"],
  counter_open: ["Đang mở", "Open"],
  counter_paused: ["Tạm dừng", "Paused"],
  counter_closed: ["Đóng", "Closed"],
  // the foot
  connected: ["Kết nối tốt", "Connected"],
  disconnected: ["Mất kết nối", "Off line"],
  sound_on: ["Loa đang đọc số", "Calls are spoken"],
  sound_off: ["Loa đang tắt", "Sound is off"],
  sound_none: ["Không có loa đọc số", "Nothing speaks the calls"],
  paper_ok: ["Máy in ổn", "Printers fine"],
  more_troubles: ["+{count} việc khác", "+{count} more"],
  counters_sum: ["{open}/{all} quầy mở", "{open}/{all} counters open"],
  my_day: ["Hôm nay: {served} lượt", "Today: {served} served"],
  my_wait: ["chờ giữa {minutes} phút", "median wait {minutes} min"],
  my_missed: ["{count} vắng", "{count} no-shows"],
  offline: [
    "Mất kết nối từ {time} ({age}). Những gì hiện ra là của lúc đó; công dân đang ở quầy vẫn còn nguyên.",
    "Off line since {time} ({age}). What is shown is of that moment; the citizen at the counter stays.",
  ],
  offline_first: [
    "Chưa liên lạc được với máy chủ của trung tâm. Đang tự thử lại.",
    "The hall's computer cannot be reached. Trying again.",
  ],
  age_now: ["vừa xong", "just now"],
  age_minutes: ["{minutes} phút trước", "{minutes} min ago"],
  hall_shut: ["Ngoài giờ làm việc", "Outside opening hours"],
  // keys
  keys: ["Phím tắt", "Keys"],
  keys_title: ["Phím tắt và bàn phím số", "Keys and numeric keypad"],
  keys_what: ["Việc", "What"],
  keys_board: ["Bàn phím", "Keyboard"],
  keys_pad: ["Phím số USB", "USB keypad"],
  keys_main: [
    "Nút lớn: gọi tiếp, bắt đầu, hoàn tất và gọi tiếp",
    "The big button: call, start, finish and call next",
  ],
  keys_outcome: ["Chọn kết quả", "Choose the outcome"],
  keys_finish: ["Hoàn tất, không gọi tiếp", "Finish without calling"],
  keys_dossier: ["Nhập mã hồ sơ", "Type the dossier code"],
  keys_dialog: ["Trong hộp: chọn, đồng ý, đóng", "In a dialog: choose, agree, close"],
  keys_signs: ["Dùng phím một chữ và phím số", "Use single letters, digits and signs"],
  keys_signs_text: [
    "Tắt đi thì chỉ còn phím cách, F2, Enter, Delete và F1.",
    "Off: only Space, F2, Enter, Delete and F1 work.",
  ],
  language_switch: ["English", "Tiếng Việt"],
};

/**
 * @param {Language} language
 * @param {string} name
 * @param {Readonly<Record<string, string|number>>} [facts]
 */
export function say(language, name, facts = {}) {
  const pair = WORDS[name];
  if (!pair) throw new Error(`no words for ${name}`);
  const text = language === "en" ? pair[1] : pair[0];
  return text.replaceAll(/\{(\w+)\}/g, (_, fact) => String(facts[fact] ?? ""));
}

/** Whether there are words of this name. @param {string} name */
export function knows(name) {
  return name in WORDS;
}

/** All names, for the check that nothing is said in one language only. */
export const NAMES = Object.keys(WORDS);

/**
 * A reason kept as the Vietnamese words of a button, in the reader's language.
 * @param {Language} language
 * @param {string} reason
 */
export function translated(language, reason) {
  if (language === "vi") return reason;
  return Object.values(WORDS).find(([vi]) => vi === reason)?.[1] ?? reason;
}
