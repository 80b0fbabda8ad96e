/** What is wrong with a form, said in it; nothing where nothing is. */

export function Trouble({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="trouble" role="alert">
      {text}
    </p>
  );
}
