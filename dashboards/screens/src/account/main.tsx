/** The account page's entry: puts the screen into the page. What it shows is not its business. */

import { start } from "../house/start.tsx";
import { followLooks } from "../house/theme.ts";
import { AccountScreen } from "./AccountScreen.tsx";
// After the house's own, which it builds upon.
import "./page.css";

start(<AccountScreen />, followLooks());
