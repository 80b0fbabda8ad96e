/** The bell on the pass, which is Brigade's mark. Drawn in the colour of the text around it; said by nobody. */

export function Bell({ className }: { readonly className?: string }) {
  return (
    <svg className={className} viewBox="0 0 32 32" fill="currentColor" aria-hidden="true">
      <path d="M5 22a11 11 0 0 1 22 0z" />
      <path d="M3 23.5h26V27H3z" />
      <path d="M14.2 6.5h3.6V12h-3.6z" />
    </svg>
  );
}
