(() => {
  const wake = async () => {
    const program = await import("SCRIPT");
    await program.default({ module_or_path: "WASM" });
    program.hydrate();
    for (const island of document.querySelectorAll("leptos-island")) {
      program[island.dataset.component]?.(island);
    }
  };
  const start = () => wake().catch(() => {});
  "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 2000 }) : setTimeout(start, 1);
})();
