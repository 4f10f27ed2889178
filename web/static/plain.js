/** Without accents, small: "Hộ tịch" and "ho tich" are the same. @param {string} text */
export function plain(text) {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[đð]/g, "d").trim();
}
