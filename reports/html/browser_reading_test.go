package html_test

import (
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func readingChecks() []check {
	return []check{
		{"the page is there, with a language and a title", func(b *tab) {
			b.open(sample(), "")
			b.holds(`document.documentElement.lang === "en" && document.title === "Example School 5.2: not conformant"`)
			b.holds(`document.querySelector(".verdict").textContent.startsWith("not conformant: a selection of 9 of 600 cases")`)
			b.holds(`[...document.querySelectorAll(".notice")].map((n) => n.textContent).join().includes("interrupted")`)
		}},
		{"a case unfolds and folds when its line is clicked", func(b *tab) {
			b.open(sample(), "")
			b.holds(`!document.querySelector("[data-verdict=failed]").open`)
			b.click("[data-verdict=failed] > summary")
			b.holds(`document.querySelector("[data-verdict=failed]").open && document.querySelector("[data-verdict=failed] .body").checkVisibility()`)
			b.click("[data-verdict=failed] > summary")
			b.holds(`!document.querySelector("[data-verdict=failed]").open`)
		}},
		{"every link of the page leads somewhere and no name is there twice", deadLinks},
		{"a link to a case unfolds it and brings it into view", func(b *tab) {
			b.open(large(200), "imses/area-3/story-9/case-187")
			b.holds(deep("imses/area-3/story-9/case-187"))
			b.click(".breaches summary")
			id := eval[string](b, `document.querySelector(".breaches .links a:nth-of-type(3)").textContent`)
			b.click(".breaches .links a:nth-of-type(3)")
			b.holds(deep(id))
		}},
		{"without scripts everything can be read and nothing is there that needs them", withoutScripts},
		{"colours follow the wish for light or dark", func(b *tab) {
			b.open(sample(), "")
			for scheme, paper := range map[string]string{"light": "rgb(250, 248, 244)", "dark": "rgb(21, 23, 26)"} {
				media(b, "prefers-color-scheme", scheme)
				b.holds(`getComputedStyle(document.body).backgroundColor === "` + paper + `"`)
			}
		}},
		{"nothing moves for who wants no motion", func(b *tab) {
			b.open(sample(), "")
			moving := `[...document.querySelectorAll("a, summary, button")].some((e) => getComputedStyle(e).transitionDuration !== "0s")`
			media(b, "prefers-reduced-motion", "no-preference")
			b.holds(moving)
			media(b, "prefers-reduced-motion", "reduce")
			b.holds("!" + moving)
		}},
		{"nothing is wider than a phone", func(b *tab) {
			b.do(chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile))
			b.open(sample(), "")
			eval[any](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
			b.holds(`document.documentElement.scrollWidth <= 320`)
		}},
		{"every control has a name for those who do not see it", named},
	}
}

// deep says whether a case is unfolded, with its first line in view below the bar.
func deep(id string) string {
	return `(() => { const c = document.getElementById("` + id + `").closest("details"); const top = c.getBoundingClientRect().top;
		return c.open && top >= document.querySelector(".masthead").getBoundingClientRect().bottom - 1 && top < 300 && document.activeElement === c.firstElementChild; })()`
}

func media(b *tab, name, value string) {
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
}

func deadLinks(b *tab) {
	b.open(sample(), "")
	dead := eval[[]string](b, `[...document.querySelectorAll('a[href^="#"]')].map((a) => decodeURIComponent(a.hash.slice(1))).filter((name) => !document.getElementById(name))`)
	if len(dead) > 0 {
		b.Errorf("links that lead nowhere: %q", dead)
	}
	twice := eval[[]string](b, `[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`)
	if len(twice) > 0 {
		b.Errorf("names that are there twice: %q", twice)
	}
	b.holds(`document.querySelectorAll('a[href^="./evidence/"]').length >= 3`)
	b.holds(`document.querySelector('.known a').href === "https://example.org/issues/7"`)
}

// withoutScripts: browsers unfold a case by themselves for a link to what is in it.
func withoutScripts(b *tab) {
	command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open(sample(), failedID)
	tree := command(b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	var said strings.Builder
	for _, node := range tree.Nodes {
		if node.Ignored || node.Name == nil {
			continue
		}
		role := value(node.Role)
		if slices.Contains([]string{"button", "searchbox", "combobox", "checkbox", "textbox"}, role) {
			b.Errorf("there is a %s that nothing serves: %s", role, value(node.Name))
		}
		said.WriteString(value(node.Name) + "\n")
	}
	for _, part := range []string{"Example School 5.2", "An unknown child is reported and the known children are linked", "the description of the status differs", "A group is stored."} {
		if !strings.Contains(said.String(), part) {
			b.Errorf("%q cannot be read", part)
		}
	}
}

// named looks at what a screen reader is told, with every case unfolded.
func named(b *tab) {
	b.open(sample(), "")
	eval[any](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
	tree := command(b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	seen := map[string]int{}
	for _, node := range tree.Nodes {
		role := value(node.Role)
		if node.Ignored || !slices.Contains([]string{"button", "link", "searchbox", "combobox", "checkbox", "DisclosureTriangle", "search", "navigation", "table", "image"}, role) {
			continue
		}
		seen[role]++
		if strings.TrimSpace(value(node.Name)) == "" && role != "table" {
			b.Errorf("a %s has no name", role)
		}
	}
	for _, role := range []string{"button", "link", "searchbox", "combobox", "checkbox", "DisclosureTriangle", "search", "navigation"} {
		if seen[role] == 0 {
			b.Errorf("no %s was seen", role)
		}
	}
	if seen["searchbox"] != 2 || seen["combobox"] != 6 {
		b.Errorf("searchboxes and lists: %d and %d, want 2 and 6", seen["searchbox"], seen["combobox"])
	}
}

func value(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	return strings.Trim(string(v.Value), `"`)
}
