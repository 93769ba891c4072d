package html_test

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// outlined says whether one sees where one is.
const outlined = `(() => { const e = document.activeElement; const s = getComputedStyle(e.closest(".toggle") || e); return s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 2; })()`

func keyboardChecks() []check {
	return []check{
		{"the keyboard alone reaches the list, opens a case and closes it", func(b *tab) {
			b.open(sample(), "")
			b.do(chromedp.KeyEvent(kb.Tab))
			b.holds(`document.activeElement.className === "skip" && ` + outlined)
			b.do(chromedp.KeyEvent(kb.Enter))
			b.holds(`location.hash === "#scenarios"`)
			b.do(chromedp.KeyEvent(kb.Tab))
			b.holds(`document.activeElement.id === "scenario-text" && ` + outlined)
			b.do(chromedp.KeyEvent("known"))
			b.holds(shownCases + ` === 3`)
			for range 2 {
				b.do(chromedp.KeyEvent(kb.Tab)) // area, label
			}
			b.do(chromedp.KeyEvent(kb.Tab))
			b.holds(`document.activeElement.name === "verdict" && ` + outlined)
			b.do(chromedp.KeyEvent(" "))
			b.holds(`document.activeElement.checked && ` + shownCases + ` === 0`)
			b.do(chromedp.KeyEvent(" "))
			b.holds(shownCases + ` === 3`)
		}},
		{"enter unfolds the line that is reached", func(b *tab) {
			b.open(sample(), "")
			b.do(chromedp.Focus("[data-verdict=failed] > summary"), chromedp.KeyEvent(kb.Enter))
			b.holds(`document.querySelector("[data-verdict=failed]").open && ` + outlined)
			b.do(chromedp.KeyEvent(kb.Tab))
			b.holds(`document.activeElement.closest("[data-verdict=failed] .body") !== null`)
			b.do(chromedp.Focus("[data-verdict=failed] > summary"), chromedp.KeyEvent(" "))
			b.holds(`!document.querySelector("[data-verdict=failed]").open`)
		}},
		{"what is reached is never under the bar", func(b *tab) {
			b.open(large(100), "scenarios")
			for range 40 {
				b.do(chromedp.KeyEvent(kb.Tab))
			}
			b.holds(`(() => { const r = document.activeElement.getBoundingClientRect(); return r.bottom > document.querySelector(".masthead").getBoundingClientRect().bottom && r.top < innerHeight; })()`)
		}},
		{"every control is as large as a fingertip needs", func(b *tab) {
			b.open(sample(), "")
			small := eval[[]string](b, `[...document.querySelectorAll("button, select, input[type=search], .toggle, summary, nav a, .figure")].filter((e) => e.checkVisibility()).filter((e) => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24; }).map((e) => e.outerHTML.slice(0, 80))`)
			if len(small) > 0 {
				b.Errorf("smaller than 24 by 24: %q", small)
			}
		}},
	}
}
