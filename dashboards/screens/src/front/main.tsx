/** The front door's entry: puts it on the page. What it shows is not its business. */

import "./front.css";

import { start } from "../house/start.tsx";
import { Front } from "./Front.tsx";

start(<Front />, "light");
