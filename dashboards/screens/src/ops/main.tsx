/** The operators' page: puts the screen into the page. What it shows is not its business. */

import "./ops.css";

import { start } from "../house/start.tsx";
import { Operations } from "./Operations.tsx";

start(<Operations />, "dark");
