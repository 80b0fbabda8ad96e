/** The guest's page: puts it on the phone. What it shows is not its business. */

import "./track.css";

import { start } from "../house/start.tsx";
import { Track } from "./Track.tsx";

start(<Track />, "light");
