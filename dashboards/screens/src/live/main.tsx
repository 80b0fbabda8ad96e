/** The page to try the rooms on: puts it into the page. What it shows is not its business. */

import "./live.css";

import { start } from "../house/start.tsx";
import { Live } from "./Live.tsx";

start(<Live />, "light");
