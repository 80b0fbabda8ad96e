/** The kitchen page's entry: puts the screen into the page. What it shows is not its business. */

import { start } from "../house/start.tsx";
import { KitchenScreen } from "./KitchenScreen.tsx";

// After the house's, so that the kitchen may differ from it.
import "./kitchen.css";

start(<KitchenScreen />, "dark");
