/** What keys and touches do, for whoever stands here for the first time; and switching the keys off. */

import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import { Toggle } from "./MenuSheet.tsx";
import { type KitchenWord, WORDS } from "./words.ts";

const KEYS: readonly (readonly [string, KitchenWord])[] = [
  ["1 … 9, 0", "help.bump"],
  ["r, ⌫", "help.recall"],
  ["u", "help.undo"],
  ["← ↑ ↓ →", "help.move"],
  ["↵", "help.enter"],
  ["PgUp, PgDn", "help.page"],
  ["?", "help.help"],
];
const TOUCHES: readonly KitchenWord[] = ["help.line", "help.touchBump", "help.more", "help.void"];

interface HelpProps {
  readonly hasKeys: boolean;
  readonly onKeys: (isOn: boolean) => void;
  readonly onClose: () => void;
}

export function Help({ hasKeys, onKeys, onClose }: HelpProps) {
  const say = useWords(WORDS);
  return (
    <Dialog title={say("help.title")} onClose={onClose}>
      <h3>{say("help.touches")}</h3>
      <ul className="help__touches">
        {TOUCHES.map((one) => (
          <li key={one}>{say(one)}</li>
        ))}
      </ul>
      <h3>{say("help.keys")}</h3>
      <dl className="help__keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
      </dl>
      <Toggle label={say("help.keysOn")} isOn={hasKeys} onChange={onKeys} />
    </Dialog>
  );
}
