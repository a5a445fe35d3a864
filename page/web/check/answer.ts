/* What the job "check" answers (page/inside/checking/told.py). */

export interface Mark {
  line: number; // the first line, from 1
  end: number; // the last
  from: number; // columns, from 0: where the first line begins
  to: number; // and the last ends
}

export interface PartTold {
  question: string;
  name: string;
  points: number;
  most: number;
  ok: boolean;
  code: string;
  title: string;
  message: string;
  mark: Mark | null;
  hints: number;
}

export interface ArrayTold {
  name: string;
  shape: string;
  checked: number;
  kinks: number;
  error: number | null;
  shown: string;
  ok: boolean;
  said: string;
}

export interface FindingTold {
  code: string;
  title: string;
  array: string;
  message: string;
  seen: string;
  mark: Mark | null;
}

export interface ReportTold {
  subject: string;
  ok: boolean;
  verdict: string;
  arrays: ArrayTold[];
  findings: FindingTold[];
  notes: { title: string; message: string }[];
}

export interface Answer {
  exercise: string;
  ok: boolean;
  verdict: string;
  points?: number;
  most?: number;
  parts: PartTold[];
  reports: ReportTold[];
  problems: string[];
  mark?: Mark | null; // where a text is no Python, or a loop does not end
  marked?: string; // which of these it is
  remarks: string[];
  printed: string;
  cut: boolean;
}
