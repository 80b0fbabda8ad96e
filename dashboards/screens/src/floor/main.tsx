/** The floor page's entry: puts the screen into the page. What it shows is not its business. */

import { start } from "../house/start.tsx";
import { followLooks } from "../house/theme.ts";
import { FloorScreen } from "./FloorScreen.tsx";
// After the house's own, which it builds upon.
import "./floor.css";

start(<FloorScreen />, followLooks());
