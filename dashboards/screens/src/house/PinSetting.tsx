/** One's own PIN, wherever it is set: loaded when somebody looks at it, which is seldom. */

import { lazy, Suspense } from "react";

const Setting = lazy(() => import("./tablet/PinSetting.tsx"));

export function PinSetting() {
  return (
    <Suspense fallback={null}>
      <Setting />
    </Suspense>
  );
}
