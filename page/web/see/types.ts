/* The graph as Python sends it (page/inside/seeing/answer.py). */

export type Tree = [string, ...(Tree | string)[]];

/** What is written at an edge: a name, and a number, the rows of a small matrix, or a shape and a norm. */
export interface Label {
  name: string;
  text?: string;
  rows?: string[][];
  norm?: string;
  parts?: string[]; // the shares that add up to a number
}

/** How a node comes to what it hands back to one of its inputs. */
export interface Back {
  towards: string;
  source: number;
  place: number;
  local: Tree[];
  product: Tree[];
  is_share: boolean;
  value: string;
  told: string; // the product in a line of text, where all is numbers
  notes: string[];
}

export interface Explanation {
  words?: string;
  forward?: Tree[];
  told?: string;
  back?: Back[];
  sum: Tree[];
  meaning: string;
}

export interface GraphNode {
  x: number;
  y: number;
  width: number;
  height: number;
  stem: number;
  kind: "input" | "constant" | "operation";
  operation: string;
  sign: string;
  title: string; // the sign in one line
  name: string;
  shown: string; // the name as it is written in a text
  inputs: number[];
  value: Label | null;
  valueText: string;
  gradient: Label | null;
  gradientText: string;
  explanation: Explanation;
}

export type Point = [number, number];

export interface Wire {
  source: number;
  target: number | null; // null: a piece that ends in a lane between two columns
  start: Point;
  bend: Point;
  end: Point;
}

export interface Graph {
  width: number;
  height: number;
  nodes: GraphNode[];
  wires: Wire[];
  forward: number[];
  backward: number[];
  top: string;
}

export interface Seen {
  graph?: Graph;
  problem?: { message: string; line: number | null };
  printed: string;
  notes: string[];
}
