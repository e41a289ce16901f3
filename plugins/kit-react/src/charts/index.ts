export { BarFigure } from './BarFigure';
export type { BarFigureProps } from './BarFigure';
export { LineFigure } from './LineFigure';
export type { LineFigureProps, LineSeries } from './LineFigure';
export { ScatterFigure } from './ScatterFigure';
export type { ScatterFigureProps } from './ScatterFigure';
