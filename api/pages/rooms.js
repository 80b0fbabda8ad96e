// The rooms: which there are, what is heard in each, and what can be sent.
import { documents, element, fields, follow, kind, last, load, openTarget, prose, schemaList, sentence, whole } from "/docs/shared.js";

const main = document.getElementById("main");
const rooms = await load("/api/v2/asyncapi.json");
const operations = Object.entries(rooms.operations ?? {});

main.append(element("div", { class: "lead" }, ...prose(rooms.info.description), documents(["AsyncAPI 3.0", "/api/v2/asyncapi.json"])));
for (const [name, channel] of Object.entries(rooms.channels)) {
  const its = operations.filter(([, one]) => last(one.channel.$ref) === name);
  main.append(element("section", { id: `channel-${name}` },
    element("h2", {}, element("code", {}, channel.address ?? name)),
    ...prose(channel.description),
    channel["x-board"] ? element("p", { class: "for" }, "Its board is ", ...kind(channel["x-board"]), ".") : null,
    ...its.flatMap(([, one]) => messages(one, channel))));
}
main.append(schemaList(rooms.components?.schemas ?? {}));
openTarget();

// In AsyncAPI the application is the hub: what it sends is what clients hear.
function messages(operation, channel) {
  const word = operation.action === "send" ? "hears" : "asks";
  return (operation.messages ?? Object.values(channel.messages ?? {})).map((ref) => message(word, follow(rooms, ref), operation));
}

function message(word, its, operation) {
  const payload = its.payload?.schema ?? its.payload ?? {};
  const roles = its["x-asked-by"] ?? its["x-caused-by"];
  const said = its.summary ?? its.title ?? operation.summary ?? "";
  return element("details", { class: "operation" },
    element("summary", {}, element("b", { class: `method ${word}` }, word), element("span", { class: "path" }, its.name ?? "message"),
      element("span", { class: "said" }, ...sentence(said))),
    ...prose(its.description === said ? "" : its.description),
    roles ? element("p", { class: "for" }, `${word === "asks" ? "For" : "Caused by"} ${roles.join(", ")}.`) : null,
    fields(whole(rooms, payload)),
    its["x-ack"] ? element("p", { class: "for" }, "Answered with ", ...kind(its["x-ack"]), ".") : null);
}
