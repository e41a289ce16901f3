/** The mark: two tracks and the point between them, as on the panel of a signal box. Decorative; the name stands beside it. */
export function LogoMark(props: { sizePx: number }) {
  return (
    <svg viewBox="0 0 32 32" width={props.sizePx} height={props.sizePx} aria-hidden focusable="false">
      <g fill="none" strokeWidth={2.5} strokeLinecap="round" strokeLinejoin="round">
        <path d="M3 23h26" stroke="currentColor" />
        <path d="M9.5 23 18 9h11" stroke="#4fb3d1" />
      </g>
      <circle cx="9.5" cy="23" r="4" fill="#4fb3d1" />
    </svg>
  );
}
