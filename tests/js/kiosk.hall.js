// A small catalogue for the tests of the kiosk's pure modules.
import { phrases } from "./words.js";

/** @typedef {import("../../kiosk/static/facts.js").Procedure} Procedure */

/**
 * @param {string} code @param {string} queue @param {string} short @param {Partial<Procedure>} [more]
 * @returns {Procedure}
 */
export function procedure(code, queue, short, more = {}) {
  return {
    code,
    field: code.slice(0, 2),
    queue,
    name: short,
    short,
    name_en: "",
    short_en: "",
    papers: [],
    papers_en: [],
    fee: "",
    fee_en: "",
    time: "",
    time_en: "",
    frequent: false,
    available: true,
    national_code: "",
    words: [],
    ...more,
  };
}

export const PROCEDURES = [
  procedure("CT01", "A", "Chứng thực bản sao từ bản chính (sao y)", {
    frequent: true,
    name_en: "Certify copies from originals",
    national_code: "2.000815",
  }),
  procedure("CT02", "A", "Chứng thực chữ ký", {
    frequent: true,
    name_en: "Certify signatures",
    words: ["sơ yếu lý lịch"],
  }),
  procedure("CT03", "A", "Chứng thực di chúc"),
  procedure("HT07", "B", "Giấy xác nhận tình trạng hôn nhân", { words: ["độc thân sau ly hôn"] }),
  procedure("HT01", "B", "Đăng ký khai sinh", {
    frequent: true,
    name_en: "Birth registration",
    words: ["khai sinh"],
  }),
  procedure("HT08", "B", "Bản sao trích lục hộ tịch, Giấy khai sinh", { frequent: true }),
  procedure("HT04", "B", "Đăng ký kết hôn", { frequent: true }),
  procedure("HT05", "B", "Đăng ký khai tử", { frequent: true }),
  procedure("DD01", "C", "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu", {
    frequent: true,
    words: ["sổ đỏ"],
  }),
  procedure("DD02", "C", "Chuyển nhượng, thừa kế, tặng cho đất", {
    frequent: true,
    words: ["sang tên sổ đỏ"],
  }),
  procedure("CA01", "H", "Đăng ký thường trú", { frequent: true }),
  procedure("CA02", "H", "Đăng ký tạm trú", { frequent: true }),
  procedure("CA04", "H", "Cấp, cấp đổi, cấp lại thẻ căn cước", { frequent: true }),
  procedure("TK01", "T", "Nhận kết quả (có Giấy hẹn)", { frequent: true }),
];

export const LISTS = {
  vi: phrases("vi", ["search"]),
  en: phrases("en", ["search"]),
};

export const FIELDS = [
  { code: "CT", name: "Chứng thực" },
  { code: "HT", name: "Hộ tịch" },
  { code: "DD", name: "Đất đai" },
  { code: "CA", name: "Cư trú, căn cước" },
  { code: "TK", name: "Trả kết quả" },
];
