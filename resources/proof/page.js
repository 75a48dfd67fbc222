// Draws a pack: nothing of it before it is proved, and every word of it as text.

const KINDS = {
  "message.submitted": "Submitted for sign-off", "message.withdrawn": "Submission withdrawn", "message.scheduled": "Given a time",
  "message.unscheduled": "Time taken away", "message.released": "Released in an emergency", "comment.made": "Comment",
  "signoff.closed": "Silence closed", "signoff.reopened": "Sign-off opened again", "signoff.extended": "More time given",
  "signoff.objection_lifted": "Late objection lifted", "signoff.reviewed": "Reviewed",
  "relay.asked": "Asked to carry a line", "relay.adopted": "Taken on", "relay.declined": "Declined", "relay.withdrawn": "Taken back by the office",
  "relay.moved": "Given another time", "relay.left": "Drift left as it is", "post.claimed": "Taken on for sending", "post.sending": "About to send", "post.sent": "Posted", "post.ended": "Not posted",
  "post.settled": "Outcome settled by a person", "post.read_back": "Read back", "post.removed": "Taken down",
};
const ANSWERS = {
  approve: "Approves", object: "Objects", "request-changes": "Asks for changes", "no-objection": "No objection", comment: "Comments",
};
const CODES = {
  author: "who wrote or submitted a text does not sign it off", "stale-digest": "it is on another text than the one that stood",
  "no-right": "this person had no right to it", "unknown-device": "the device was not in the office", "not-submitted": "nothing was submitted",
  "not-silence": "there was no silence procedure", held: "a hold stopped it", malformed: "it is not of the right form",
};
const SORTS = [
  ["c.text.", "texts"], ["c.warning.", "warnings"], ["c.picture.", "pictures with their words"], ["c.card.", "cards of links"],
  ["c.poll", "polls"], ["c.post.", "posts as they were sent"], ["c.note", "notes to those who sign off"], ["why", "reasons and comments"],
  ["text", "reasons and comments"], ["amendment", "amendments"], ["overrides", "findings that were overridden"],
  ["report", "reports of the checker"], ["name", "names"], ["head", "names"], ["note", "notes on the rulebook"], ["files", "rulebooks"],
];
const PICTURES = /^image\/(png|jpeg|gif|webp|avif)$/;
const ORDER = ["en", "fr", "es", "ar", "zh", "ru"];
const RTL = ["ar", "fa", "he", "ur"];

const page = (id) => document.getElementById(id);

// An element with what is in it: texts stay texts, whatever they hold.
function make(name, about = {}, ...inside) {
  const made = document.createElement(name);
  for (const [what, value] of Object.entries(about)) made.setAttribute(what, value);
  made.append(...inside.filter((one) => one !== null && one !== ""));
  return made;
}

const minute = (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
const time = (ms) => `${minute(ms)} UTC`;
const words = (hex, count) => bytes(hex, 32, "a digest").slice(0, count);
const said = (hex, count) => Array.from(words(hex, count), (one) => WORDS[one]).join(" ");
const who = ([name, role, government]) => `${name} (${government ? `${role}, ${government}` : role})`;
const many = (n, one, more) => (n === 1 ? one : more.replace("{n}", n));

function language(lang) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(lang) ?? lang;
  } catch {
    return lang;
  }
}

function section(title, ...inside) {
  return make("section", {}, make("h2", {}, title), ...inside);
}

function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((one) => make("th", { scope: "col" }, one)));
  const body = rows.map((row) => make("tr", {}, ...row.map((one) => make("td", /^\d{4}-\d\d-\d\d /.test(one) ? { class: "when" } : {}, one))));
  return make("div", { class: "wide" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}

function state(kind, title, ...more) {
  page("state").className = kind;
  page("state").replaceChildren(make("strong", {}, title), ...more.filter(Boolean).map((one) => make("p", {}, one)));
}

function text(proof, name, part) {
  const [lang, network] = name.slice("c.text.".length).split(".");
  const title = make("h3", {}, language(lang), network ? make("span", {}, ` on ${network}`) : "");
  if (part.withheld) return make("article", { class: "withheld" }, title, make("p", {}, "Withheld. Its digest is part of what was signed."));
  const about = { lang, dir: RTL.includes(lang.split("-")[0]) ? "rtl" : "auto", class: "words" };
  const posts = part.value.map((ref) => make("p", about, proof.shown.get(ref.piece)?.text ?? "(not shown)"));
  return make("article", {}, title, ...posts);
}

function picture(proof, part) {
  if (part.withheld) return make("p", { class: "withheld" }, "A picture is withheld. Its digest is part of what was signed.");
  const { file, alt, mime } = part.value;
  const data = proof.shown.get(file.piece);
  const alts = Object.entries(alt).map(([lang, ref]) => make("p", { lang, dir: "auto" }, proof.shown.get(ref.piece)?.text ?? ""));
  const base64 = data && (data.base64 ?? btoa(Array.from(data.data, (one) => String.fromCharCode(one)).join("")));
  const shown = base64 && PICTURES.test(mime) ? make("img", { src: `data:${mime};base64,${base64}`, alt: alts[0]?.textContent ?? "" })
    : make("p", {}, `${mime}, ${file.size} bytes`);
  return make("figure", {}, shown, make("figcaption", {}, ...alts));
}

// The reason or comment of an act, where it is shown.
function reason(proof, act) {
  const ref = (act.parts.why ?? act.parts.text)?.value;
  const shown = ref && proof.shown.get(ref.piece);
  return shown ? make("p", { class: "said", dir: "auto" }, `“${shown.text}”`) : "";
}

// The text that somebody proposed instead, where it is shown.
function amendment(proof, act) {
  const part = act.parts.amendment;
  if (!part || part.withheld || !part.value) return "";
  const texts = part.value.parts.map((ref) => make("p", { class: "said", lang: part.value.lang, dir: "auto" }, proof.shown.get(ref.piece)?.text ?? "(not shown)"));
  return make("div", {}, make("p", { class: "said quiet" }, `Proposes, ${language(part.value.lang)}:`), ...texts);
}

function decisions(claims, proof, acts) {
  const rows = acts.filter((act) => act.id in claims.decisions).map((act) => {
    const carries = claims.decisions[act.id];
    const old = act.parts.digest.value !== claims.digest;
    const why = !act.verdict.counts ? `does not count: ${CODES[act.verdict.code] ?? act.verdict.code}` : carries ? "counts"
      : claims.late.includes(act.id) ? "came after the end of its stage: the message is held"
      : old ? "was on an earlier text" : "a later word took its place, or the head opened it again";
    const answer = act.parts.answer.value;
    const against = carries && ["object", "request-changes"].includes(answer);
    const mark = make("span", { class: against ? "against" : carries ? "ok" : "quiet" }, `${against ? "✕" : carries ? "✓" : "–"} ${why}`);
    return [ANSWERS[answer] ?? answer, who(claims.by[act.id]), minute(act.stamp), make("div", {}, mark, reason(proof, act), amendment(proof, act))];
  });
  return rows.length ? table(["Decision", "Who", "When, UTC", ""], rows) : make("p", {}, "None.");
}

const WHO = { all: "all governments", troika: "the troika" };
const STATES = {
  waiting: "not open yet", open: "open", objected: "stopped by an objection", approved: "complete", running: "silence not closed",
  broken: "silence broken", adopted: "adopted: nobody broke the silence",
};

// The stages of the route that the text went through, and who said what in each.
function stages(claims) {
  const made = claims.stages.map((stage) => {
    const [kind, rest] = [stage.who.slice(0, stage.who.indexOf(":")), stage.who.slice(stage.who.indexOf(":") + 1)];
    const asked = kind === "governments" ? WHO[rest] ?? rest : kind === "person" ? rest : kind === "experts" ? `experts on ${rest}` : `anybody who is ${rest}`;
    const need = stage.mode === "silence" ? `silence of ${Math.round(stage.within_ms / 36e5 * 10) / 10} h`
      : stage.need === 0 ? "each approves" : many(stage.need, "one approves", "{n} approve");
    const spoke = Object.entries(stage.said).map(([seat, answer]) => `${seat}: ${(ANSWERS[answer] ?? answer).toLowerCase()}`);
    const silent = stage.seats.filter((seat) => !(seat in stage.said));
    const facts = [stage.opened ? `Opened ${time(stage.opened)}` : "", stage.due ? `until ${time(stage.due)}` : "",
      spoke.join("; "), silent.length ? `no word: ${silent.join(", ")}` : ""].filter(Boolean);
    return make("li", {}, make("b", {}, stage.name), ` (${asked}; ${need}): ${STATES[stage.state] ?? stage.state}. `, facts.join(" · "));
  });
  const title = claims.route ? `By the route “${claims.route.name}” of the office:` : "By no route: one approval by somebody who did not write it, nobody objecting.";
  const released = claims.released && make("p", { class: "note" }, "Released in an emergency without sign-off, by a text that was cleared before: "
    + `${claims.released.roles.join(" and ")}, good until ${time(claims.released.until)}; ${claims.released.reviewed ? "reviewed" : "not reviewed yet"}.`);
  return make("div", {}, make("p", { class: "note" }, title), made.length ? make("ol", {}, ...made) : "", released || "");
}

function posts(value) {
  const rows = value.claims.posts.map((post) => [
    make("span", { dir: "ltr" }, post.account), language(post.lang), post.state, make("span", { dir: "ltr", class: "long" }, post.urls.join(" ")),
  ]);
  return rows.length ? table(["Account", "Language", "", "Address"], rows) : make("p", {}, "None.");
}

// The texts and pictures of a content, in the order of the six languages.
function content(proof, act) {
  const parts = Object.entries(act?.parts ?? {});
  const place = ([name]) => (ORDER.indexOf(name.split(".")[2]) + ORDER.length + 1) % (ORDER.length + 1);
  const texts = parts.filter(([name]) => name.startsWith("c.text.")).sort((one, other) => place(one) - place(other));
  const pictures = parts.filter(([name]) => name.startsWith("c.picture."));
  return [...texts.map(([name, part]) => text(proof, name, part)), ...pictures.map(([, part]) => picture(proof, part))];
}

// Of a relay: who answered, and the line with how it was agreed.
function carried(value, proof, found) {
  const { relay } = value.claims;
  const of = (id) => found.acts.find((act) => act.id === id);
  const answers = [["adopted", "Taken on"], ["declined", "Declined"], ["withdrawn", "Taken back"]].filter(([name]) => relay[name]).map(([name, word]) => {
    const act = of(relay[name]);
    return make("li", {}, make("b", {}, word), " by ", make("bdi", {}, who(value.claims.by[act.id])), `, ${time(act.stamp)}, place ${act.place}`, reason(proof, act));
  });
  const locked = Object.entries(relay.locked).flatMap(([lang, said]) => said.map((phrase) =>
    make("li", {}, make("b", { lang, dir: "auto" }, phrase), ` (${language(lang)}): stands`)));
  const line = found.acts.find((act) => act.digest === relay.digest && act.header.kind === "message.submitted");
  const note = `${relay.adopted ? "When it was taken on it was" : "It is"} ${relay.line.state}${relay.line_now === relay.line.state ? "" : `; by now it is ${relay.line_now}`}.`;
  return [
    section("Who was asked", make("p", { class: "note" }, make("bdi", {}, relay.account), ` (${relay.network}, ${relay.owner})`, relay.until ? `, by ${time(relay.until)}` : ""),
      make("ul", {}, ...answers), locked.length ? make("div", {}, make("h3", {}, "Phrases that the line locks"), make("ul", {}, ...locked)) : ""),
    section("The line", ...content(proof, line), make("p", { class: "note" }, `To say on the phone: ${said(relay.digest, 4)}. ${note}`)),
    section("How the line was agreed", stages(relay.line), decisions(relay.line, proof, found.acts)),
  ];
}

function everything(value, found) {
  const by = { ...value.claims.relay?.line.by, ...value.claims.by };
  const mine = found.acts.filter((act) => act.id in by);
  return table(["Place", "When, UTC", "Act", "Who", ""], mine.map((act) => [
    String(act.place), minute(act.stamp), KINDS[act.header.kind] ?? ANSWERS[act.parts.answer?.value] ?? act.header.kind,
    who(by[act.id]), act.verdict.counts ? "" : `does not count: ${CODES[act.verdict.code] ?? act.verdict.code}`,
  ]));
}

// What is withheld, in words: how many of each sort.
function withheld(acts) {
  const counts = new Map();
  for (const act of acts) {
    for (const [name] of Object.entries(act.parts).filter(([, part]) => part.withheld)) {
      const sort = SORTS.find(([known]) => name.startsWith(known))?.[1] ?? name;
      counts.set(sort, (counts.get(sort) ?? 0) + 1);
    }
  }
  return Array.from(counts, ([sort, n]) => `${sort} (${n})`).join(", ");
}

function word(found) {
  const made = ["Whether each act counts by the office's rules, who had which role then, and how posts stand. "
    + "“g20desk record verify” works that out anew from this same file."];
  if (found.hidden) {
    made.push(`${many(found.hidden, "1 place", "{n} places")} of ${found.place} in the record `
      + `${many(found.hidden, "is", "are")} not shown: that nothing there is about this message or would change a verdict.`);
  }
  const hidden = withheld(found.acts);
  if (found.kinds.length) made.push(`Acts of the office that are shown by their kind alone change no verdict: ${found.kinds.join(", ")}.`);
  if (hidden) made.push(`What is told of what is withheld: ${hidden}.`);
  return make("ul", {}, ...made.map((one) => make("li", {}, one)));
}

function unproved(value, found) {
  const made = [
    `That this is the office that you mean. Compare its safety words with those that it publishes: ${said(value.office, 6)}.`,
    `What came after ${time(found.stamp)}, place ${found.place}.`, "That the networks still show what they were sent.",
    "That this page is honest: whoever changes a page can make it say anything. Where you do not trust who gave it to you, "
      + "check the file with “g20desk record verify”, which proves the page too.",
  ];
  if (!found.complete) made.push("That every act on this message is shown. A pack made with --complete shows it.");
  return make("ul", {}, ...made.map((one) => make("li", {}, one)));
}

function draw(value, proof, found) {
  const { claims } = value;
  const kind = claims.relay ? "relay.adopted" : "message.submitted";
  const submitted = found.acts.filter((act) => act.digest === claims.digest && act.header.kind === kind).pop();
  const agreed = claims.relay ? carried(value, proof, found)
    : [section("How it was agreed", stages(claims)), section("Decisions", decisions(claims, proof, found.acts))];
  document.title = `${claims.office}: proof of what was agreed`;
  page("office").textContent = claims.office;
  page("title").textContent = claims.relay ? "A line, and what an account made of it" : "What was agreed, by whom, and what was posted";
  page("under").replaceChildren(make("bdi", {}, claims.kind), `, ${claims.state} · as of ${time(found.stamp)} · made by `, make("bdi", {}, who(claims.maker)));
  page("body").replaceChildren(
    section(claims.relay ? "What it says there" : "The text", ...(submitted ? [...content(proof, submitted),
      make("p", { class: "note" }, "Written by ", make("bdi", {}, claims.authors.join(", ")), ". To say on the phone: ", make("b", {}, said(claims.digest, 4)))]
      : [make("p", { class: "note" }, "Nothing was taken on.")])),
    ...agreed,
    section("Posts", posts(value)),
    section("Rests on the word of who made this", word(found)),
    section("What this can't prove", unproved(value, found)),
    section(claims.relay ? "Every act on this relay and on its line" : "Every act on this message", everything(value, found)),
    section("To compare", make("dl", {}, ...[["Content", claims.digest], ["Office", value.office], ["Message", claims.message],
      [`Record up to place ${found.place}`, found.running], ["Device that made this", value.by]]
      .flatMap(([name, hex]) => [make("dt", {}, name), make("dd", { dir: "ltr" }, hex)]))),
  );
}

async function check(subtle) {
  if (!subtle || !(await able(subtle))) {
    state("warn", "Nothing here was checked.", "This browser can't check Ed25519 signatures, so that it shows nothing of what is in this file. "
      + "Open it in a newer one, or check it with “g20desk record verify”, which reads it as it is.");
    return;
  }
  state("", "Being checked.");
  try {
    const value = JSON.parse(page("pack").textContent);
    const proof = new Proof(subtle);
    const found = await proof.pack(value);
    draw(value, proof, found);
    state(found.accused.length ? "warn" : "ok", "Signatures, contents and places hold.", `Checked in this browser just now: ${proof.signatures} signatures and ${proof.digests} digests, `
      + "without a network. What rests on somebody's word stands below.",
    found.accused.length ? `Contradicted: whoever signed what stands at place ${found.accused.map((act) => act.place).join(", ")} had seen `
      + "another history of the office than this one." : "", found.complete ? `Up to place ${found.place} of the record nothing on this message was left out.` : "");
  } catch (error) {
    page("body").replaceChildren();
    state("block", "This file does not hold. Nothing in it is to be believed.",
      error instanceof Bad ? error.message : "It can't be read as a proof pack.");
  }
}

check(globalThis.crypto?.subtle).then(() => document.documentElement.setAttribute("data-done", ""));
