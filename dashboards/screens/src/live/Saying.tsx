/** What somebody says over the line: a message by its name, and what it carries, as JSON that they may change. */

import { type ReactNode, useEffect, useState } from "react";

import { newId } from "../hub/index.ts";
import type { Message } from "./described.ts";

const SUBSCRIBE = "subscribe";

interface SayingProps {
  readonly messages: readonly Message[];
  readonly rooms: readonly string[];
  readonly isConnected: boolean;
  readonly onSay: (name: string, body: object) => void;
}

export function Saying({ messages, rooms, isConnected, onSay }: SayingProps) {
  const [room, setRoom] = useState("");
  const look = room === "" ? (rooms[0] ?? "") : room;
  return (
    <>
      <form
        className="live__row"
        onSubmit={(event) => {
          event.preventDefault();
          onSay(SUBSCRIBE, { room: look });
        }}
      >
        <label>
          Room
          <input list="rooms" value={look} onChange={(event) => setRoom(event.target.value)} />
        </label>
        <datalist id="rooms">
          {rooms.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <button type="submit" className="button button--main" disabled={!isConnected}>
          Subscribe
        </button>
      </form>
      {messages.length > 0 && <AnyMessage messages={messages} isConnected={isConnected} onSay={onSay} />}
    </>
  );
}

type AnyMessageProps = Pick<SayingProps, "messages" | "isConnected" | "onSay">;

function AnyMessage({ messages, isConnected, onSay }: AnyMessageProps) {
  const [name, setName] = useState(SUBSCRIBE);
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const message = messages.find((one) => one.name === name) ?? messages[0];
  useEffect(() => {
    setText(message === undefined ? "" : JSON.stringify(withId(message), null, 2));
    setTrouble(null);
  }, [message]);
  const send = (): void => {
    const body = objectIn(text);
    setTrouble(body === null ? "This is not a JSON object." : null);
    if (body !== null && message !== undefined) onSay(message.name, body);
  };
  return (
    <form
      className="live__message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label>
        Message
        <select value={message?.name} onChange={(event) => setName(event.target.value)}>
          {messages.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      </label>
      <p className="live__soft">{withCode(message?.summary ?? "")}</p>
      <label>
        What it carries
        <textarea rows={8} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {trouble !== null && <p role="alert">{trouble}</p>}
      <button type="submit" className="button button--main" disabled={!isConnected}>
        Send
      </button>
    </form>
  );
}

/** What stands between backticks, as code. */
function withCode(text: string): readonly ReactNode[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

const IS_NO_COMMAND: ReadonlySet<string> = new Set([SUBSCRIBE, "unsubscribe", "delivered"]);

/** A command with an id of its own: said twice, it is done once. */
function withId({ name, example }: Message): object {
  return IS_NO_COMMAND.has(name) ? example : { ...example, commandId: newId() };
}

function objectIn(text: string): object | null {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && !Array.isArray(said) ? said : null;
  } catch {
    return null;
  }
}
