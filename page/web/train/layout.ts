/* Where the units of a network stand in its picture: in columns from the inputs to the scores. Units of which there are
   many stand in several columns, without the lines between them. */

export interface Place {
  stage: number; // -1 for the inputs; behind the hidden layers, the scores
  unit: number;
  x: number; // of the upper left corner
  y: number;
  side: number;
}

export interface Layout {
  width: number;
  height: number;
  places: Place[];
  hidden: number[]; // by stage, how many units are not shown
  hasLines: boolean[]; // by stage, whether its units are joined to those before
}

const IN_A_COLUMN = 10; // units
const MOST = 60; // units of a layer that are shown
const [LARGE, SMALL] = [42, 26]; // the side of a unit's picture
const GAP = 8;
const BETWEEN = { least: 24, most: 74 }; // the columns of two layers

/** Return where everything stands: widths[0] inputs, then the units of each stage; as wide as there is room, if it can. */
export function layoutOf(widths: number[], room = Infinity): Layout {
  const shown = widths.map((units) => Math.min(units, MOST));
  const sides = shown.map((units) => (units > IN_A_COLUMN ? SMALL : LARGE));
  const columns = shown.map((units) => Math.ceil(units / IN_A_COLUMN));
  const rows = shown.map((units, stage) => Math.ceil(units / columns[stage]!));
  const height = Math.max(...rows.map((count, stage) => count * (sides[stage]! + GAP) - GAP));
  const taken = columns.reduce((sum, count, stage) => sum + count * (sides[stage]! + GAP / 2), 0);
  const between = Math.min(BETWEEN.most, Math.max(BETWEEN.least, Math.floor((room - taken) / (widths.length - 1))));
  const places: Place[] = [];
  let left = 0;
  shown.forEach((units, stage) => {
    const side = sides[stage]!;
    const top = (height - (rows[stage]! * (side + GAP) - GAP)) / 2;
    for (let unit = 0; unit < units; unit++) {
      const [column, row] = [Math.floor(unit / rows[stage]!), unit % rows[stage]!];
      places.push({ stage: stage - 1, unit, x: left + column * (side + GAP / 2), y: top + row * (side + GAP), side });
    }
    left += columns[stage]! * (side + GAP / 2) + between;
  });
  const width = left - between;
  const hasLines = columns.slice(1).map((count, stage) => count === 1 && columns[stage] === 1);
  return { width, height, places, hidden: widths.slice(1).map((units, stage) => units - shown[stage + 1]!), hasLines };
}
