// Every operation of the API by chapter, each with a form that tries it. The token stays in this page's memory.
import { documents, element, follow, kind, load, openTarget, prose, schemaList, sentence } from "/docs/shared.js";

const main = document.getElementById("main");
const who = document.getElementById("who");
const HOUSE = "restaurantId";
let token = null;
let house = null; // The restaurant of whoever signed in, where there is one alone.

const api = await load("/api/v2/openapi.json");
main.append(element("div", { class: "lead" }, ...prose(api.info.description),
  documents(["OpenAPI 3.1", "/api/v2/openapi.json"], ["as it was, v1", "/api/v1/openapi.json"])), tokenField());
for (const tag of api.tags) {
  const found = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, its]) => its.tags.includes(tag.name)).map(([method, its]) => [method, path, its]));
  main.append(element("section", {}, element("h2", {}, tag.name), ...found.map((one) => operation(...one))));
}
main.append(schemaList(api.components.schemas));
openTarget();

function tokenField() {
  const set = (event) => use(event.target.value.trim() || null, "A token is set.");
  return element("form", { onsubmit: (event) => event.preventDefault() },
    element("label", {}, "Or paste a token, or a guest's link", element("input", { type: "password", autocomplete: "off", onchange: set })));
}

function use(given, said, houses = []) {
  const before = house;
  [token, house] = [given, houses.length === 1 ? houses[0] : null];
  who.textContent = given ? said : "Nobody is signed in.";
  for (const input of document.getElementsByName(HOUSE)) if (!input.value || input.value === before) input.value = house ?? "";
}

document.getElementById("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
    const answer = await fetch("/api/v2/auth/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const said = await answer.json();
    use(answer.ok ? said.accessToken : null, said.name, Object.keys(said.roles ?? {}));
    if (!answer.ok) who.textContent = said.detail;
  } catch {
    who.textContent = "The hub cannot be reached.";
  }
});

function operation(method, path, its) {
  const where = element("span", { class: "path" }, ...path.split(/(\{\w+\})/).map((part) => (part[0] === "{" ? element("i", {}, part) : part)));
  const details = element("details", { class: "operation", id: its.operationId },
    element("summary", {}, element("b", { class: `method ${method}` }, method.toUpperCase()), where, element("span", { class: "said" }, ...sentence(its.summary))));
  // Forms are made when they are looked at: there are many.
  details.addEventListener("toggle", () => details.append(...prose(its.description, { class: "for" }), form(method, path, its)), { once: true });
  return details;
}

function form(method, path, its) {
  const inputs = its.parameters.map((one) => [one, element("input", { name: one.name, required: one.required, value: usually(one.name) })]);
  const content = its.requestBody?.content ?? {};
  const { schema: bodySchema, example } = content["application/json"] ?? {};
  const accept = Object.keys(content).filter((one) => one.startsWith("image/")).join(",");
  const picture = accept ? element("input", { type: "file", accept, required: true }) : null;
  const body = bodySchema && element("textarea", { rows: 10, spellcheck: "false", "aria-label": "Body" });
  if (body) body.value = JSON.stringify(example, null, 2);
  const result = element("div", { "aria-live": "polite" });
  const send = async (event) => {
    event.preventDefault();
    result.replaceChildren(element("p", {}, "…"));
    try {
      result.replaceChildren(...(await shown(await fetch(...request(method, path, inputs, body?.value ?? picture?.files[0])))));
    } catch (error) {
      result.replaceChildren(element("p", { class: "bad" }, `Nothing came back: ${error.message}`));
    }
  };
  return element("form", { onsubmit: send },
    ...inputs.map(([one, input]) => element("label", {}, element("code", {}, one.name), element("small", {}, ` ${one.in} · `, ...kind(one.schema)), input)),
    bodySchema ? element("label", {}, "Body · ", ...kind(bodySchema), body) : null,
    picture ? element("label", {}, "Picture", picture) : null,
    element("p", {}, element("button", {}, "Send"), " answers ", ...answers(its.responses)), result);
}

function usually(name) {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0"));
  return { "Idempotency-Key": random.join(""), [HOUSE]: house }[name];
}

function answers(responses) {
  return Object.entries(responses).flatMap(([status, its]) => {
    const told = follow(api, its);
    const schema = told.content?.["application/json"]?.schema;
    return [element("span", { class: `status s${status[0]}`, title: told.description }, status), " ", ...(schema ? [...kind(schema), " "] : [])];
  });
}

function request(method, path, inputs, body) {
  const [headers, query] = [{}, new URLSearchParams()];
  let url = path;
  for (const [one, input] of inputs) {
    const value = input.value.trim();
    if (one.in === "path") url = url.replace(`{${one.name}}`, encodeURIComponent(value));
    else if (value && one.in === "header") headers[one.name] = value;
    else if (value) value.split(",").forEach((each) => query.append(one.name, each.trim()));
  }
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = body instanceof File ? body.type : "application/json";
  return [query.size ? `${url}?${query}` : url, { method: method.toUpperCase(), headers, body }];
}

async function shown(answer) {
  const isPicture = answer.headers.get("Content-Type")?.startsWith("image/");
  const seen = isPicture ? element("img", { src: await inAddress(await answer.blob()), alt: "The picture" }) : element("pre", {}, pretty(await answer.text()));
  return [element("p", {}, element("span", { class: `status s${String(answer.status)[0]}` }, answer.status), ` ${answer.statusText}`),
    element("details", {}, element("summary", {}, "Headers"), element("pre", {}, [...answer.headers].map((one) => one.join(": ")).join("\n"))), seen];
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

// Pictures here are small, and the page may show none but its own and what stands in an address.
async function inAddress(blob) {
  return `data:${blob.type};base64,${btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))}`;
}
