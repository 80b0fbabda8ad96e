/** How somebody comes in at a screen's door: at a kitchen tablet by their name and PIN, anywhere by a password. */

import { lazy, Suspense, useState } from "react";

import { useWords } from "./language.ts";
import type { SignInProps } from "./SignIn.tsx";
import { loadTabletDoor } from "./tablet/loading.ts";
import { tabletHere, takesPins } from "./tablet.ts";
import { WORDS } from "./words.ts";

// Few devices are tablets, and every screen is to be there at once, even over a bad line.
const EnrollForm = lazy(() => import("./tablet/EnrollForm.tsx"));
const TabletDoor = lazy(loadTabletDoor);
const SignIn = lazy(async () => ({ default: (await loadSignIn()).SignIn }));

/** What somebody comes in with again. Whoever works fetches it ahead: they may leave while there is no network. */
export function loadSignIn(): Promise<typeof import("./SignIn.tsx")> {
  return import("./SignIn.tsx");
}

type Way = "pin" | "password" | "enrolling";

export function ComingIn(props: SignInProps) {
  const say = useWords(WORDS);
  const [tablet, setTablet] = useState(tabletHere);
  const isForPins = takesPins(props.screen);
  const [way, go] = useState<Way>(tablet !== null && isForPins ? "pin" : "password");
  const look = (): void => {
    setTablet(tabletHere());
    go(isForPins && tabletHere() !== null ? "pin" : "password");
  };
  if (way === "pin" && tablet !== null)
    return (
      <Suspense fallback={null}>
        <TabletDoor
          key={tablet.tabletToken}
          tablet={tablet}
          reason={props.reason}
          onSignedIn={props.onSignedIn}
          onPassword={() => go("password")}
          onChanged={look}
        />
      </Suspense>
    );
  if (way === "enrolling")
    return (
      <Suspense fallback={null}>
        <EnrollForm name="" onEnrolled={look} />
        <button type="button" className="button button--quiet" onClick={() => go("password")}>
          {say("enroll.not")}
        </button>
      </Suspense>
    );
  return (
    <>
      {tablet !== null && !isForPins && <p>{say("tablet.notHere", { name: tablet.name })}</p>}
      <Suspense fallback={null}>
        <SignIn {...props} />
      </Suspense>
      {/* Where no PIN opens anything, a laptop is not to become a tablet by mistake. */}
      {tablet === null && isForPins && (
        <button type="button" className="button button--quiet" onClick={() => go("enrolling")}>
          {say("enroll.this")}
        </button>
      )}
      {tablet !== null && isForPins && (
        <button type="button" className="button" onClick={() => go("pin")}>
          {say("tablet.names")}
        </button>
      )}
    </>
  );
}
