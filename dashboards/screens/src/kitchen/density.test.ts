/** The rules of how big cards are. */

import { describe, expect, test } from "vitest";

import { bulkOf, columnsFor, densityFor, GUESSED, learnt } from "./density.ts";
import { aCard, aLine } from "./testing.ts";

describe("density", () => {
  test("few tickets are big, many are close together", () => {
    expect(densityFor(GUESSED.roomy, GUESSED, null)).toBe("roomy");
    expect(densityFor(GUESSED.usual, GUESSED, null)).toBe("usual");
    expect(densityFor(GUESSED.usual + 1, GUESSED, null)).toBe("dense");
  });

  test("one bump does not make everything grow", () => {
    expect(densityFor(GUESSED.usual, GUESSED, "dense")).toBe("dense");
    expect(densityFor(GUESSED.usual * 0.75, GUESSED, "dense")).toBe("usual");
    expect(densityFor(GUESSED.roomy, GUESSED, "usual")).toBe("usual");
    expect(densityFor(GUESSED.roomy * 0.75, GUESSED, "usual")).toBe("roomy");
  });

  test("what did not fit once is not tried again before much has left", () => {
    const limits = learnt(GUESSED, "usual", 40);
    expect(densityFor(40, limits, "usual")).toBe("dense");
    expect(densityFor(38, limits, "dense")).toBe("dense");
    expect(densityFor(30, limits, "dense")).toBe("usual");
  });

  test("nothing is smaller than dense", () => {
    expect(learnt(GUESSED, "dense", 500)).toBe(GUESSED);
  });

  test("a ticket takes more room with every line, modifier and note", () => {
    const plain = bulkOf([aCard()]);
    expect(bulkOf([aCard({ lines: [aLine(), aLine()] })])).toBeGreaterThan(plain);
    expect(bulkOf([aCard({ lines: [aLine({ modifiers: ["Rare"], note: "no salt" })] })])).toBeGreaterThan(plain);
  });
});

describe("columns", () => {
  test("a phone has one, whatever hangs there", () => {
    expect(columnsFor(390, "roomy")).toBe(1);
    expect(columnsFor(390, "dense")).toBe(1);
  });

  test("a wall has more of them the more hangs there", () => {
    expect(columnsFor(1_640, "roomy")).toBe(4);
    expect(columnsFor(1_640, "dense")).toBe(5);
  });

  test("a tablet has three beside the list, and never only one", () => {
    expect(columnsFor(844, "usual")).toBe(3);
    expect(columnsFor(641, "roomy")).toBe(2);
  });
});
