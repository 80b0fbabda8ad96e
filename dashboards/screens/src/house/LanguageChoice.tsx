/** Which language the screen speaks; chosen by hand, it stays. */

import { LANGUAGES, type Language, speak, useLanguage, useWords } from "./language.ts";
import { WORDS } from "./words.ts";

export function LanguageChoice() {
  const say = useWords(WORDS);
  const spoken = useLanguage();
  return (
    <label className="language">
      <span className="unseen">{say("language")}</span>
      <select value={spoken} onChange={(event) => speak(event.target.value as Language)}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
