/* The Korean of the whole page, which is fetched where it is spoken. */

import check from "./check/ko.json";
import page from "./ko.json";
import see from "./see/ko.json";
import train from "./train/ko.json";

export const KOREAN: Record<string, string> = { ...page, ...check, ...see, ...train };
