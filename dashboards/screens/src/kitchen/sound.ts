/**
 * What a kitchen hears: a short bell for a new ticket, another for a rush, a low one for a void. No files, only waves.
 *
 * Browsers make no sound before somebody touched the page; whoever shows the switch must say so.
 */

import { useEffect, useRef, useState } from "react";

import type { TicketCard } from "../hub/index.ts";
import { type Call, callOf } from "./cards.ts";

interface Tone {
  readonly hertz: number;
  readonly atSeconds: number;
}

/** High enough to be heard over a hood, short enough to be borne two hundred times an evening. */
const BELLS: Readonly<Record<Call, readonly Tone[]>> = {
  new: [
    { hertz: 880, atSeconds: 0 },
    { hertz: 1175, atSeconds: 0.12 },
  ],
  rush: [0, 0.14, 0.28].map((atSeconds) => ({ hertz: 1568, atSeconds })),
  void: [
    { hertz: 440, atSeconds: 0 },
    { hertz: 294, atSeconds: 0.2 },
  ],
};
const TONE_SECONDS = 0.35;
const LOUDNESS = 0.4;

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (typeof AudioContext === "undefined") return null;
  context ??= new AudioContext();
  return context;
}

/** Whether nothing is heard before a touch: not yet allowed to, or, where a tablet slept or rang, interrupted. */
export function isSilent(state: AudioContextState): boolean {
  return state !== "running";
}

function ring(call: Call): void {
  const voice = audio();
  if (voice === null || isSilent(voice.state)) return;
  for (const { hertz, atSeconds } of BELLS[call]) {
    const [wave, volume] = [voice.createOscillator(), voice.createGain()];
    const from = voice.currentTime + atSeconds;
    wave.type = "triangle";
    wave.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUDNESS, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_SECONDS);
    wave.connect(volume).connect(voice.destination);
    wave.start(from);
    wave.stop(from + TONE_SECONDS);
  }
}

/** Rings for what is new on a board. Answers whether the browser still waits for a first touch. */
export function useBell(cards: readonly TicketCard[] | null, isOn: boolean): boolean {
  const before = useRef<readonly TicketCard[] | null>(null);
  const isWaiting = useAudioLock(isOn);
  useEffect(() => {
    const call = before.current === null || cards === null ? null : callOf(before.current, cards);
    before.current = cards;
    if (call !== null && isOn) ring(call);
  }, [cards, isOn]);
  return isWaiting;
}

/** Whether the browser keeps silent until somebody touches the page; the first touch anywhere unlocks it. */
function useAudioLock(isOn: boolean): boolean {
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    const voice = isOn ? audio() : null;
    if (voice === null) return setWaiting(false);
    const look = (): void => setWaiting(isSilent(voice.state));
    const touched = (): void => void voice.resume().then(look, look);
    look();
    voice.addEventListener("statechange", look);
    // When the finger has left again: what says that there is no sound yet goes then, and with it what hangs below it
    // moves up. While a finger is down, nothing may move beneath it.
    document.addEventListener("click", touched);
    document.addEventListener("keydown", touched);
    return () => {
      voice.removeEventListener("statechange", look);
      document.removeEventListener("click", touched);
      document.removeEventListener("keydown", touched);
    };
  }, [isOn]);
  return isWaiting;
}
