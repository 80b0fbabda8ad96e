// What both pages need: making elements, and showing JSON Schemas. Text goes in as text, never as markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

export const last = (ref) => ref.split("/").pop();

export function follow(document, schema) {
  let found = schema;
  for (let hops = 0; found?.$ref && hops < 9; hops += 1) {
    found = found.$ref.slice(2).split("/").reduce((at, key) => at?.[key.replace(/~1/g, "/").replace(/~0/g, "~")], document);
  }
  return found ?? {};
}

// What an object has, whichever parts it is made of.
export function whole(document, schema) {
  const its = follow(document, schema);
  return (its.allOf ?? []).map((part) => whole(document, part)).reduce((all, part) => ({
    ...all,
    properties: { ...all.properties, ...part.properties },
    required: [...(all.required ?? []), ...(part.required ?? [])],
  }), its);
}

// A sentence, with `code` as code.
export function sentence(text = "") {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

export function prose(text = "", attributes = {}) {
  return text.split(/\n\n+/).filter(Boolean).map((paragraph) => element("p", attributes, ...sentence(paragraph)));
}

// Where a program reads what this page shows.
export function documents(...named) {
  return element("p", {}, "For programs: ", ...named.flatMap(([what, href], index) => [index ? " · " : "", element("a", { href }, what)]));
}

// The kind of a schema in a few words, with links to the schemas it names.
export function kind(schema) {
  if (!schema || schema === true) return ["anything"];
  if (schema.$ref) return [element("a", { href: `#schema-${last(schema.$ref)}` }, last(schema.$ref))];
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  const word = schema.allOf ? " and " : " or ";
  if (several) return several.flatMap((one, index) => (index ? [word, ...kind(one)] : kind(one)));
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((one) => JSON.stringify(one)).join(" · ")];
  if (schema.type === "array") return ["list of ", ...kind(schema.items)];
  if (schema.additionalProperties?.type || schema.additionalProperties?.$ref) return ["map to ", ...kind(schema.additionalProperties)];
  const limits = ["minimum", "maximum", "minLength", "maxLength"].filter((key) => schema[key] !== undefined);
  const said = limits.length ? ` (${limits.map((key) => `${key} ${schema[key]}`).join(", ")})` : "";
  return [(schema.format ?? [schema.type ?? "anything"].flat().join(" or ")) + said];
}

export function fields(schema) {
  if (!schema.properties) return element("p", {}, ...kind(schema));
  const rows = Object.entries(schema.properties).map(([name, its]) =>
    element("tr", {},
      element("td", {}, element("code", {}, name), (schema.required ?? []).includes(name) ? element("b", { title: "required" }, " *") : null),
      element("td", {}, ...kind(its)), element("td", {}, ...sentence(its.description))));
  return element("div", { class: "wide" }, element("table", {}, ...rows));
}

export function schemaList(schemas) {
  return element("section", {}, element("h2", {}, "Schemas"),
    ...Object.entries(schemas).map(([name, schema]) =>
      element("details", { id: `schema-${name}` }, element("summary", {}, element("code", {}, name)),
        ...prose(schema.description), fields(schema))));
}

// A link to something folded up opens it.
addEventListener("hashchange", openTarget);
export function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  target?.scrollIntoView();
}

export async function load(url) {
  const main = document.getElementById("main");
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
    return await answer.json().finally(() => main.replaceChildren());
  } catch (error) {
    main.replaceChildren(element("p", { class: "bad" }, `The document could not be loaded. ${error.message}`));
    throw error;
  }
}
