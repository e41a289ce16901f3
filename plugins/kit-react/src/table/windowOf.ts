/** Which part of a long list can be seen. */
export interface ListWindow {
  /** Index of the first row that is drawn. */
  start: number;
  /** Index after the last row that is drawn. */
  end: number;
}

/** A list that is scrolled; all sizes in px. */
export interface ScrolledList {
  rowCount: number;
  rowHeightPx: number;
  scrollTopPx: number;
  viewportPx: number;
  /** Rows drawn above and below what can be seen, so that the Tab key and fast scrolling find something. */
  overscanCount: number;
}

/** The rows to draw of a list whose rows are all equally high. */
export function windowOf(list: ScrolledList): ListWindow {
  const { rowCount, rowHeightPx, scrollTopPx, viewportPx, overscanCount } = list;
  const first = Math.min(Math.floor(scrollTopPx / rowHeightPx), Math.max(0, rowCount - 1));
  const visibleCount = Math.ceil(viewportPx / rowHeightPx) + 1;
  return {
    start: Math.max(0, first - overscanCount),
    end: Math.min(rowCount, first + visibleCount + overscanCount),
  };
}
