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

const MOVES: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Return where an arrow key leads from a unit: to the next one in its column, or to the nearest of the next column. */
export function nextPlace(places: Place[], here: Place, key: string): Place | undefined {
  const move = MOVES[key];
  if (!move) return undefined;
  const middle = (place: Place) => ({ x: place.x + place.side / 2, y: place.y + place.side / 2 });
  const { x, y } = middle(here);
  const distances = places
    .filter((place) => place.stage >= 0 && place !== here)
    .map((place) => ({ place, across: middle(place).x - x, down: middle(place).y - y }));
  const sideways = move[0] !== 0;
  const ahead = distances.filter(({ across, down }) => (sideways ? across * move[0] > 1 : down * move[1] > 1 && Math.abs(across) < 1));
  const far = ({ across, down }: { across: number; down: number }) => (sideways ? Math.abs(across) * 1e4 + Math.abs(down) : Math.abs(down));
  return ahead.sort((one, other) => far(one) - far(other))[0]?.place;
}
