/**
 * One's own account, at any staff screen: who one is, how one signs in, and where one is signed in.
 *
 * Each part asks the hub for itself. Not its business: what one is to a restaurant, which others decide.
 */

import type { Me, SecondFactor } from "../../hub/index.ts";
import { Dialog } from "../Dialog.tsx";
import { useWords } from "../language.ts";
import { useLook } from "../looking.ts";
import { PinSetting } from "../PinSetting.tsx";
import { Seen } from "../Seen.tsx";
import { WORDS as HOUSE_WORDS } from "../words.ts";
import { Farewell } from "./Farewell.tsx";
import { Folded } from "./Folded.tsx";
import { Links } from "./Links.tsx";
import { Looks } from "./Looks.tsx";
import { OwnAddresses } from "./OwnAddresses.tsx";
import { OwnOrders } from "./OwnOrders.tsx";
import { Part } from "./Part.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { Password } from "./Password.tsx";
import { Picture } from "./Picture.tsx";
import { Profile } from "./Profile.tsx";
import { SignedIn } from "./SignedIn.tsx";
import { Telephone } from "./Telephone.tsx";
import { WORDS } from "./words.ts";
import "./account.css";

export function AccountDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useWords(HOUSE_WORDS);
  return (
    <Dialog title={say("account")} onClose={onClose}>
      <Account />
    </Dialog>
  );
}

export function Account() {
  const say = useWords(WORDS);
  const me = useLook<Me>("/me");
  const factor = useLook<SecondFactor>("/me/totp");
  return (
    <div className="account">
      {/* With a PIN at a kitchen tablet nobody changes their account: that is said once, and not by every part. */}
      <Seen look={factor}>
        {(seen) => (
          <Seen look={me}>
            {(known) => <Parts me={known} onChange={me.again} factor={seen} onFactor={factor.again} />}
          </Seen>
        )}
      </Seen>
      <Part title={say("sessions")}>
        <SignedIn />
      </Part>
      {factor.seen !== null && (
        <Folded title={say("farewell")}>{() => <Farewell isCodeOn={factor.seen?.isOn ?? false} />}</Folded>
      )}
    </div>
  );
}

interface PartsProps {
  readonly me: Me;
  readonly onChange: () => void;
  readonly factor: SecondFactor;
  readonly onFactor: () => void;
}

function Parts({ me, onChange, factor, onFactor }: PartsProps) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return (
    <>
      <Part title={say("profile")}>
        <Picture name={me.name ?? ""} isThere={me.hasAvatar} onChange={onChange} />
        <Profile key={me.phone} me={me} onChange={onChange} />
      </Part>
      <Part title={say("looks")}>
        <Looks theme={me.theme ?? "light"} onChange={onChange} />
      </Part>
      <Part title={say("password")}>
        <Password email={me.email ?? ""} isCodeOn={factor.isOn} />
      </Part>
      <Part title={say("telephone")}>
        <Telephone factor={factor} onChange={onFactor} />
      </Part>
      <Passkeys isCodeOn={factor.isOn} />
      <Links isCodeOn={factor.isOn} />
      {/* Whoever works nowhere stands at no tablet. */}
      {Object.keys(me.roles).length > 0 && (
        <Part title={sayHouse("pin.own")}>
          <PinSetting />
        </Part>
      )}
      <Folded title={say("addresses")}>{() => <OwnAddresses />}</Folded>
      <Folded title={say("orders")}>{() => <OwnOrders />}</Folded>
    </>
  );
}
