/** The entry of the page that providers send people back to: finishes, once, and puts what comes of it on the page. */

import { start } from "../house/start.tsx";
import { Arrival } from "./Arrival.tsx";
import { arrive } from "./arrive.ts";

start(<Arrival arriving={arrive()} />, "light");
