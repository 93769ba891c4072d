package html_test

// Measured in the page: when it was drawn, and what it takes from a key that is pressed
// to what is laid out then. A filter is measured three times for each text, and the
// best counts, because the others say how busy the machine is; of the texts the slowest
// counts. The limits are a second and 50 ms; tests run beside others, so they allow
// several times that. BenchmarkBrowser measures alone.
const (
	drawn = `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))`

	filtered = `(() => { const box = document.getElementById("scenario-text"); const best = {};
		for (let round = 0; round < 3; round++) for (const text of ["s", "st", "story 7", "story 7 label-3", "nowhere", "unknown child", ""]) {
			const start = performance.now(); box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })); document.body.offsetHeight;
			best[text] = Math.min(best[text] ?? Infinity, performance.now() - start);
		}
		return Math.max(...Object.values(best)); })()`

	// searched is the first search of all, which gathers what a search sees if nobody
	// has waited for it before.
	searched = `(() => { const box = document.getElementById("scenario-text"); const start = performance.now();
		box.value = "story"; box.dispatchEvent(new Event("input", { bubbles: true })); document.body.offsetHeight; return performance.now() - start; })()`
)

func speedChecks() []check {
	return []check{{"1,000 cases open and are filtered fast", func(b *tab) {
		b.open(large(1000), "")
		opened := eval[float64](b, drawn)
		first := eval[float64](b, searched)
		slowest := eval[float64](b, filtered)
		b.Logf("1,000 cases: drawn after %.0f ms, first search %.1f ms, filtered within %.1f ms", opened, first, slowest)
		if opened > 6000 || first > 1000 || slowest > 300 {
			b.Errorf("too slow: drawn after %.0f ms, first search %.0f ms, filtered within %.0f ms", opened, first, slowest)
		}
		b.holds(shownCases + ` === 1000`)
	}}}
}
