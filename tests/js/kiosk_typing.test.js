import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { retyped, telex } from "../../kiosk/static/typing.js";

/** Keys and what the field shows for them, by what somebody is doing. */
const TYPED = {
  "a horn wherever the word can have it": `
    muaw=mưa suawr=sửa thuowr=thuở thw=thư dduwocj=được dduocwj=được dduowcj=được nuowcs=nước truwowngf=trường
    truongwf=trường ruouwj=rượu ruowuj=rượu cuuws=cứu huwux=hữu guiwr=gửi nguoiwf=người muwowif=mười w=ư wu=ưu
    quowr=quở huow=huơ chuwngs=chứng tuw=tư lwu=lưu hoiw=hơi nhw=như wngs=ứng`,
  "a bowl": "mawts=mắt matws=mắt loawts=loắt xoawn=xoăn quawng=quăng ddawng=đăng ngawns=ngắn nawm=năm",
  "a hat, at once or later": `
    hooj=hộ tijch=tịch chuyeenr=chuyển giaays=giấy quyeenf=quyền soor=sổ tieengs=tiếng tienges=tiếng thuee=thuê
    yeeus=yếu hoio=hôi dauas=dấu xaay=xây hueej=huệ viets=viét vietse=viết khieeus=khiếu vietej=việt motoj=một ketes=kết
    ddatas=đất`,
  "a barred d, at once or later":
    "ddi=đi did=đi ddor=đỏ ddaats=đất duongwd=đương dd=đ ddkkd=đkkd diefued=điều",
  "the tone where it is written today": `
    muaf=mùa hoaf=hoà khoer=khoẻ thuyr=thuỷ toans=toán hoanf=hoàn giaf=già gif=gì gias=giá giuwx=giữ gieengs=giếng
    giengse=giếng quys=quý quoocs=quốc cuar=của ngoaif=ngoài nguyeenx=nguyễn khuyur=khuỷu uyr=uỷ lieetj=liệt cas=cá
    casc=các`,
  "a mark taken back": `
    ooo=oo aaa=aa ddd=dd ass=as hojj=hoj uww=uw aww=aw ww=w thww=thw uoww=uow muwaw=muaw
    coongo=congo hoongo=hongo ddangd=dangd didd=did loawnw=loanw uwowcw=uocw hojz=ho dduwocjz=đươc boss=bos zz=zz`,
  "another tone in its place": "hosj=họ tofs=tó mowirs=mới",
  "another hat in its place": "caawn=căn mawtas=mất oow=ơ owo=ô aaw=ă awa=â hownof=hồn AAW=Ă",
  capitals: "HOOJ=HỘ Hooj=Hộ DDAATS=ĐẤT Ddaats=Đất DDUWOWCJ=ĐƯỢC Thw=Thư THUOWR=THUỞ W=Ư MUAW=MƯA WW=W",
  "words that Vietnamese cannot have": `
    photo=photo photocopy=photocopy moto=moto web=web wifi=wifi internet=internet google=google zalo=zalo
    facebook=facebook email=email text=text next=next card=card form=form file=file zoom=zoom food=food
    karaoke=karaoke video=video window=window catf=catf xyz=xyz good=good tour=tour fax=fax
    banana=banana download=download papaya=papaya dividend=dividend kangaroo=kangaroo dashboard=dashboard
    swallow=swallow huawei=huawei yahoo=yahoo choose=choose noodle=noodle tower=tower windows=windows`,
  "words in one": "khaisinh=khaisinh hokhau=hokhau giaykhaisinh=giaykhaisinh kethon=kethon",
  "abbreviations and figures": `
    ubnd=ubnd cccd=cccd gks=gks cmnd=cmnd bhxh=bhxh bhyt=bhyt vneid=vneid ct07=ct07 2.000815=2.000815 qsdd=qsdd`,
  "what has its marks already": "hộ=hộ được=được hộz=hô hộs=hố hôj=hộ mưf=mừ Đất=Đất đươcj=được hòa=hoà",
  "no marks at all": `
    khai=khai sinh=sinh sao=sao y=y tich=tich quyen=quyen khuyet=khuyet nghiep=nghiep duong=duong thuong=thuong`,
  "between other signs": "sao/suawr=sao/sửa ddaats,nhaf=đất,nhà (hooj)=(hộ)",
};
for (const [doing, pairs] of Object.entries(TYPED))
  test(`Telex as it is shown: ${doing}`, () => {
    for (const [keys = "", shown] of pairs
      .trim()
      .split(/\s+/)
      .map((each) => each.split("=")))
      assert.equal(telex(keys), shown, keys);
  });

test("many words keep their blanks", () => {
  assert.equal(telex("hooj  tijch "), "hộ  tịch ");
});

test("a word grows letter by letter and its marks come with their keys", () => {
  /** @param {string} keys */
  const seen = (keys) => [...keys].map((_, at) => telex(keys.slice(0, at + 1))).join(" ");

  assert.equal(seen("dduwowcj"), "d đ đu đư đươ đươ đươc được");
  assert.equal(seen("thuowr"), "t th thu thuo thuơ thuở");
  assert.equal(seen("photo"), "p ph pho phot photo");
});

const MARKS = [
  ["â", "aa", "a", "a"],
  ["ê", "ee", "e", "e"],
  ["ô", "oo", "o", "o"],
  ["ă", "aw", "a", "w"],
  ["ơ", "ow", "o", "w"],
  ["ư", "uw", "u", "w"],
  ["đ", "dd", "d", "d"],
  ["\u0301", "s", "", "s"],
  ["\u0300", "f", "", "f"],
  ["\u0309", "r", "", "r"],
  ["\u0303", "x", "", "x"],
  ["\u0323", "j", "", "j"],
];

/** Its letters with their hats, and its tone: where that stands is a matter of taste, "hòa" and "hoà". @param {string} word */
function heard(word) {
  const tone = word.normalize("NFD").match(/[\u0300\u0301\u0303\u0309\u0323]/)?.[0] ?? "";
  return [word.normalize("NFD").replace(tone, "").normalize("NFC"), tone];
}

/** Each mark behind its letter, the tone at the end. @param {string} word */
function keysInPlace(word) {
  const [letters = "", tone = ""] = heard(word);
  return [...letters, tone].map((each) => MARKS.find(([sign]) => sign === each)?.[1] ?? each).join("");
}

/** All marks at the end of the word, w once. @param {string} word */
function keysAtTheEnd(word) {
  const [letters = "", tone = ""] = heard(word);
  const signs = [...letters].map((each) => MARKS.find(([sign]) => sign === each));
  const late = new Set(signs.map((sign) => sign?.[3] ?? ""));
  const toneKey = MARKS.find(([sign]) => sign === tone)?.[3] ?? "";
  return [...letters].map((each, at) => signs[at]?.[2] ?? each).join("") + toneKey + [...late].join("");
}

/** Every word with marks that a catalogue uses. */
function wordsOfCatalogue() {
  const text = readFileSync(new URL("../../catalogue/commune.toml", import.meta.url), "utf8").toLowerCase();
  const words = new Set(text.normalize("NFC").match(/\p{L}+/gu) ?? []);
  return [...words].filter((word) => /[aeiouy]/.test(keysInPlace(word)) && keysInPlace(word) !== word);
}

test("every word of the catalogue comes back from its keys, the marks in place or at the end", () => {
  const words = wordsOfCatalogue();

  assert.ok(words.length > 150, `only ${words.length} words`);
  for (const keysOf of [keysInPlace, keysAtTheEnd])
    for (const word of words) assert.deepEqual(heard(telex(keysOf(word))), heard(word), keysOf(word));
});

test("a letter more at a keyboard of the machine is a key more, anything else is what the field holds", () => {
  assert.equal(retyped("we", "we", "web"), "web");
  assert.equal(retyped("suaw", "sưa", "sưar"), "suawr");
  assert.equal(retyped("hooj", "hộ", "h"), "h");
  assert.equal(retyped("hooj", "hộ", "hộ"), "hooj");
  assert.equal(retyped("hooj", "hộ", "muaw"), "muaw");
});

test("an erased letter changes none of the others, at the end or in mid-word", () => {
  for (const keys of [
    "tesst",
    "vissa",
    "offer",
    "taxxi",
    "massage",
    "kissan",
    "facebook",
    "dduwowcj",
    "photoo",
  ])
    for (let raw = keys; raw !== ""; ) {
      const seen = telex(raw);
      raw = retyped(raw, seen, seen.slice(0, -1));
      assert.equal(telex(raw), seen.slice(0, -1), `${keys}: ${seen}`);
    }
  assert.equal(telex(retyped("tesst hooj", "test hộ", "test h")), "test h");
  assert.equal(telex(retyped("tesst hooj", "test hộ", "tes hộ")), "tes hộ");
  assert.equal(telex(retyped("tesst mat", "test mat", "test mats")), "test mát");
  const asTyped = (/** @type {string} */ keys) => keys;
  assert.equal(retyped("massage", "massage", "massag", asTyped), "massag");
});
