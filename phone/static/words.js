/** What the track page says, in both languages. Pure: a place in, sentences out. */

/** @typedef {"vi"|"en"} Language */
/** @typedef {import("snapshots").Wait} Wait */
/** @typedef {import("snapshots").Track} Place the answer of GET /api/v1/track/{token} */

/** Fixed sentences of the page, by the name its template gives them in `data-words`. */
export const FIXED = {
  title: { vi: "Theo dõi số thứ tự", en: "Your place in the queue" },
  number: { vi: "Số của ông bà", en: "Your number" },
  ahead: { vi: "người chờ trước", en: "waiting before you" },
  minutes: { vi: "phút chờ", en: "minutes to wait" },
  bell_on: { vi: "Bật chuông báo", en: "Ring when called" },
  bell_off: { vi: "Chuông đang bật. Chạm để tắt", en: "The bell is on. Touch to turn off" },
  bell_hint: {
    vi: "Để nghe chuông, xin giữ trang này mở trên màn hình.",
    en: "To hear the bell, keep this page open on the screen.",
  },
  cancel: { vi: "Hủy số này", en: "Give up this number" },
  cancel_text: {
    vi: "Ông bà sẽ mất chỗ trong hàng. Muốn vào lại phải lấy số mới.",
    en: "You will lose your place. To come back you need a new number.",
  },
  cancel_no: { vi: "Không, giữ số", en: "No, keep it" },
  cancel_yes: { vi: "Hủy số", en: "Give it up" },
  loading: { vi: "Xin chờ giây lát…", en: "One moment please…" },
  again: { vi: "Thử lại", en: "Try again" },
};

/** @param {Language} language @param {string} vi @param {string} en */
const say = (language, vi, en) => (language === "vi" ? vi : en);

/** @param {string} number @param {Language} language */
export function cancelQuestion(number, language) {
  return say(language, `Hủy số ${number}?`, `Give up ${number}?`);
}

/**
 * The name of the counter, without repeating the word: "Quầy 1", or "counter 1" in English.
 * @param {Place} place @param {Language} language
 */
export function counterWords(place, language) {
  if (place.counter === null) return "";
  if (language === "en") return `counter ${place.counter}`;
  return place.counter_name || `Quầy ${place.counter}`;
}

/**
 * Minutes as a range, "10–20"; one number where both ends are the same. Empty: no ground for a number.
 * @param {Wait|null} wait
 */
export function minutesRange(wait) {
  if (wait === null) return "";
  const { low_minutes: low, high_minutes: high } = wait;
  return low === high ? String(low) : `${low}–${high}`;
}

/** @param {string} day "2026-11-24" @param {Language} language */
export function dayWords(day, language) {
  const date = day.split("-").reverse().join("/");
  return say(language, `Số của ngày ${date}`, `Number of ${date}`);
}

/**
 * @param {Place} place @param {Language} language
 * @returns {{title: string, text: string}} the state in words, and what to do now
 */
export function stateWords(place, language) {
  const counter = counterWords(place, language);
  const vi = language === "vi";
  switch (place.state) {
    case "waiting":
      if (place.ahead === 0) {
        return {
          title: say(language, "Sắp đến lượt ông bà", "You are next"),
          text: say(
            language,
            "Xin ngồi gần các quầy và chuẩn bị giấy tờ.",
            "Please stay near the counters and have your papers ready.",
          ),
        };
      }
      return {
        title: say(language, "Xin ông bà chờ", "Please wait"),
        text: say(
          language,
          "Trang này tự cập nhật. Khi đến lượt, số sẽ hiện to trên nền vàng.",
          "This page updates itself. When it is your turn the page turns gold.",
        ),
      };
    case "called":
      return {
        title: say(language, "Đến lượt ông bà", "It is your turn"),
        text: vi ? `Mời đến ${counter}` : `Please go to ${counter}`,
      };
    case "serving":
      return {
        title: say(language, "Đang được phục vụ", "You are being served"),
        text: vi ? `Tại ${counter}.` : `At ${counter}.`,
      };
    case "held":
      return {
        title: say(language, "Chỗ của ông bà được giữ", "Your place is kept"),
        text: vi
          ? `Khi đã đủ giấy tờ, mời trở lại ${counter || "quầy"}. Ông bà không phải lấy số mới.`
          : `When you have what is missing, come back to ${counter || "the counter"}. You need no new number.`,
      };
    case "done":
      return {
        title: say(language, "Đã phục vụ xong", "Your visit is finished"),
        text: say(language, "Xin cảm ơn ông bà.", "Thank you for coming."),
      };
    case "no_show":
      return {
        title: say(language, "Đã gọi mà chưa thấy ông bà", "We called and did not see you"),
        text: say(
          language,
          "Nếu ông bà còn ở đây, xin báo cán bộ ở quầy để được xếp lại vào hàng.",
          "If you are still here, please tell an officer at a counter to be put back in the line.",
        ),
      };
    case "cancelled":
      return {
        title: say(language, "Số này đã được hủy", "This number was given up"),
        text: say(
          language,
          "Khi cần, mời ông bà lấy số mới ở máy lấy số.",
          "If you need to, please take a new number at the kiosk.",
        ),
      };
    default:
      return { title: "", text: "" };
  }
}

/**
 * What is said when the hall does not know the number in the address, or answers no more.
 * @param {string} code @param {Language} language
 */
export function troubleWords(code, language) {
  if (code === "rate_limited") {
    return {
      title: say(language, "Xin chờ giây lát", "One moment please"),
      text: say(
        language,
        "Nhiều người đang hỏi cùng lúc. Trang sẽ tự thử lại.",
        "Many people are asking at once. The page tries again by itself.",
      ),
    };
  }
  if (code === "offline") {
    return {
      title: say(language, "Chưa kết nối được", "No connection yet"),
      text: say(
        language,
        "Xin ông bà theo dõi số trên màn hình lớn. Trang sẽ tự thử lại.",
        "Please watch the large screen. The page tries again by itself.",
      ),
    };
  }
  return {
    title: say(language, "Không tìm thấy số này", "We do not know this number"),
    text: say(
      language,
      "Số chỉ xem được trong ngày lấy số. Xin quét lại mã trên phiếu, hoặc hỏi cán bộ hướng dẫn.",
      "A number can be followed on its day only. Please scan the code on your slip again, or ask an officer.",
    ),
  };
}

/**
 * The dated banner: what is on the page is of that moment.
 * @param {string} time "08:31" @param {Language} language
 */
export function offlineWords(time, language) {
  return say(
    language,
    `Mất kết nối từ ${time}. Những gì ông bà thấy là của lúc đó; xin theo dõi màn hình lớn.`,
    `No connection since ${time}. What you see is of that moment; please watch the large screen.`,
  );
}

/** @param {Date} moment @returns {string} "08:31", by the phone's own clock */
export function timeOf(moment) {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}
