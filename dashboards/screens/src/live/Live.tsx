/**
 * The page on which the rooms are tried: come in with a token, look into a room, say something, and see what comes.
 *
 * What can be said is read from the hub's own document. Not its business: what any of it means.
 */

import { type ReactNode, useEffect, useReducer, useRef, useState } from "react";

import { get } from "../house/api.ts";
import { useWelcome } from "../house/Screen.tsx";
import { Notices } from "../house/Notices.tsx";
import { type Shift } from "../house/shift.ts";
import { SignIn } from "../house/SignIn.tsx";
import { type Line, newId, openLine, type Role } from "../hub/index.ts";
import { type Message, messagesIn } from "./described.ts";
import { FrameList } from "./FrameList.tsx";
import { type Frames, NO_FRAMES, type Way, withFrame } from "./frames.ts";
import { roomsFor } from "./rooms.ts";
import { Saying } from "./Saying.tsx";

const EVERYBODY: ReadonlySet<Role> = new Set(["waiter", "host", "cook", "expo", "manager", "owner"]);

interface Came {
  readonly way: Way;
  readonly name: string;
  readonly body: unknown;
}

export function Live() {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  useEffect(() => void get<unknown>("/asyncapi.json").then((told) => setMessages(messagesIn(told)), noDocument), []);
  const [shift, setShift] = useState<Shift | null>(null);
  const [frames, came] = useReducer(
    (all: Frames, one: Came | null) =>
      one === null ? NO_FRAMES : withFrame(all, Date.now(), one.way, one.name, one.body),
    NO_FRAMES,
  );
  const { isConnected, connect, hangUp, say } = useLine(came);
  const signedIn = (begun: Shift): void => {
    setShift(begun);
    connect(begun.accessToken);
  };
  return (
    <Notices>
      <header className="bar live__bar">
        <h1 className="bar__title">Brigade</h1>
        <nav className="live__nav" aria-label="Documents">
          <a href="/docs">Ask and look</a>
          <a href="/docs/rooms">Rooms</a>
          <a href="/docs/live" aria-current="page">
            Live
          </a>
        </nav>
        <p role="status" className="live__state">
          {isConnected ? `Connected${shift === null ? "" : ` as ${shift.name}`}` : "Not connected"}
        </p>
      </header>
      <main className="live">
        <div className="live__column">
          <Panel title="Come in">
            {isConnected ? (
              <button type="button" className="button" onClick={hangUp}>
                Hang up
              </button>
            ) : (
              <ComeIn onSignedIn={signedIn} onToken={connect} />
            )}
          </Panel>
          <Panel title="Say something">
            <Saying messages={messages} rooms={roomsFor(shift)} isConnected={isConnected} onSay={say} />
          </Panel>
        </div>
        <Panel title="What came and went">
          <FrameList frames={frames.shown} onClear={() => came(null)} />
        </Panel>
      </main>
    </Notices>
  );
}

function noDocument(): void {
  // Without it nothing can be chosen, and the page says so.
}

interface LineInUse {
  readonly isConnected: boolean;
  readonly connect: (token: string) => void;
  readonly hangUp: () => void;
  readonly say: (name: string, body: object) => void;
}

/** One line at a time; whatever goes over it is told. */
function useLine(came: (one: Came) => void): LineInUse {
  const line = useRef<Line | null>(null);
  const [isConnected, setConnected] = useState(false);
  const hangUp = (): void => {
    line.current?.close();
    line.current = null;
    setConnected(false);
  };
  useEffect(() => () => line.current?.close(), []);
  const told = (is: boolean): void => {
    setConnected(is);
    came({ way: "line", name: is ? "connected" : "disconnected", body: null });
  };
  const connect = (token: string): void => {
    hangUp();
    line.current = openLine(
      { token, deviceId: `live-${newId()}` },
      {
        connected: () => told(true),
        disconnected: () => told(false),
        sentAway: ({ code, message }) => came({ way: "line", name: "sent away", body: { code, message } }),
        heard: (name, body) => came({ way: "heard", name, body }),
      },
    );
  };
  const say = (name: string, body: object): void => {
    came({ way: "said", name, body });
    line.current?.say(name, body, (answer) => came({ way: "answered", name, body: answer }));
  };
  return { isConnected, connect, hangUp, say };
}

interface ComeInProps {
  readonly onSignedIn: (shift: Shift) => void;
  readonly onToken: (token: string) => void;
}

function ComeIn({ onSignedIn, onToken }: ComeInProps) {
  const greeting = useWelcome();
  const [token, setToken] = useState("");
  return (
    <>
      <form
        className="live__token"
        onSubmit={(event) => {
          event.preventDefault();
          onToken(token.trim());
        }}
      >
        <label>
          A token, a guest’s link, or a key
          <input
            type="password"
            autoComplete="off"
            required
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        <button type="submit" className="button button--main">
          Connect
        </button>
      </form>
      <SignIn screen="live" demo={greeting?.demo ?? null} staff={EVERYBODY} reason={null} onSignedIn={onSignedIn} />
    </>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="live__panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
