/** Where one lives, as the post would find one: kept, changed and forgotten; one of them is the default. */

import { type SyntheticEvent, useState } from "react";

import { type Addresses, addAddress, changeAddress, type PostalAddress, removeAddress } from "../../hub/index.ts";
import { asking } from "../api.ts";
import { useToken } from "../Connected.tsx";
import { useFullHands } from "../draft.ts";
import { useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { Seen } from "../Seen.tsx";
import { Twice } from "../Twice.tsx";
import { LABEL_LENGTH_MAX, linesOf, wrongWithLines } from "./addresses.ts";
import { FormEnd } from "./FormEnd.tsx";
import { Trouble } from "./Trouble.tsx";
import { useAsking } from "./useAsking.ts";
import { useComesInSight } from "./useComesInSight.ts";
import { WORDS } from "./words.ts";

/** The address that is being written: one of those that are kept, or a new one. */
type Written = PostalAddress | "new" | null;

export function OwnAddresses() {
  const say = useWords(WORDS);
  const look = useLook<Addresses>("/me/addresses");
  const [written, write] = useState<Written>(null);
  useFullHands(written !== null);
  const done = (): void => {
    write(null);
    look.again();
  };
  return (
    <>
      <p>{say("addresses.what")}</p>
      <Seen look={look}>
        {({ items }) => (
          <>
            {items.length === 0 && <p>{say("addresses.none")}</p>}
            <ul className="addresses">
              {items.map((one) => (
                <li key={one.addressId} className="addresses__one">
                  {written !== null && written !== "new" && written.addressId === one.addressId ? (
                    <AddressForm of={one} onDone={done} onClose={() => write(null)} />
                  ) : (
                    <OneAddress of={one} isOnly={items.length === 1} onChange={() => write(one)} onDone={look.again} />
                  )}
                </li>
              ))}
            </ul>
            {written === "new" ? (
              <AddressForm of={null} onDone={done} onClose={() => write(null)} />
            ) : (
              <div className="account__deeds">
                <button type="button" className="button" onClick={() => write("new")}>
                  {say("address.add")}
                </button>
              </div>
            )}
          </>
        )}
      </Seen>
    </>
  );
}

interface OneAddressProps {
  readonly of: PostalAddress;
  readonly isOnly: boolean;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

function OneAddress({ of: { addressId, label, lines, isDefault }, isOnly, onChange, onDone }: OneAddressProps) {
  const say = useWords(WORDS);
  const token = useToken();
  const { isBusy, trouble, tries } = useAsking();
  const prefer = (): void =>
    void tries(() => changeAddress(asking(token), addressId, { isDefault: true })).then((done) => done && onDone());
  const forget = (): void => void tries(() => removeAddress(asking(token), addressId)).then((done) => done && onDone());
  return (
    <>
      <div className="addresses__words">
        <strong>{label}</strong>
        {isDefault && <em className="sessions__this">{say("address.default")}</em>}
        {lines.map((line, at) => (
          // Lines have nothing to be known by but their place.
          <span key={at}>{line}</span>
        ))}
      </div>
      {isDefault && <p className="account__hint">{say(isOnly ? "address.only" : "address.stays")}</p>}
      <Trouble text={trouble} />
      <div className="account__deeds">
        <button type="button" className="button" aria-label={say("address.changeOf", { label })} onClick={onChange}>
          {say("address.change")}
        </button>
        {!isDefault && (
          <>
            <button type="button" className="button" disabled={isBusy} onClick={prefer}>
              {say("address.prefer")}
            </button>
            <Twice label={say("address.remove")} sure={say("sure")} isDisabled={isBusy} onSure={forget} />
          </>
        )}
      </div>
    </>
  );
}

interface AddressFormProps {
  /** What it was until now; null for a new one. */
  readonly of: PostalAddress | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function AddressForm({ of, onDone, onClose }: AddressFormProps) {
  const say = useWords(WORDS);
  const here = useComesInSight<HTMLFormElement>();
  const token = useToken();
  const { isBusy, trouble, complain, tries } = useAsking();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const [label, lines] = [String(said.get("label")).trim(), linesOf(String(said.get("lines")))];
    const wrong = wrongWithLines(lines);
    if (wrong !== null) return complain(say(`address.${wrong}`));
    const ask = asking(token);
    const keep = () =>
      of === null ? addAddress(ask, { label, lines }) : changeAddress(ask, of.addressId, { label, lines });
    void tries(keep).then((kept) => kept && onDone());
  };
  return (
    <form ref={here} className="account__form" tabIndex={-1} onSubmit={submit}>
      <label>
        {say("address.label")}
        <input
          name="label"
          defaultValue={of?.label ?? ""}
          placeholder={say("address.example")}
          maxLength={LABEL_LENGTH_MAX}
          autoComplete="off"
          required
        />
      </label>
      <label>
        {say("address.lines")}
        <textarea
          name="lines"
          defaultValue={of?.lines.join("\n") ?? ""}
          rows={4}
          autoComplete="street-address"
          required
        />
      </label>
      <FormEnd trouble={trouble} isBusy={isBusy} deed={say("address.keep")} onClose={onClose} />
    </form>
  );
}
