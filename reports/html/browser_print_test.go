package html_test

import (
	"bytes"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func printChecks() []check {
	return []check{
		{"on paper everything is unfolded and no control is there", func(b *tab) {
			b.open(sample(), "")
			b.holds(`!document.querySelector(".case.bad .message").checkVisibility({ contentVisibilityAuto: true }) && document.querySelector(".controls").checkVisibility()`)
			command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			b.holds(`[...document.querySelectorAll(".case .story, .case .message, .more .links")].every((e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 0)`)
			b.holds(`[...document.querySelectorAll("form, button, nav, .skip")].every((e) => !e.checkVisibility())`)
		}},
		{"a PDF is made, with more pages for more cases", func(b *tab) {
			pages := func(cases int) int {
				b.open(large(cases), "")
				pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
				if err != nil {
					b.Fatal(err)
				}
				return bytes.Count(pdf, []byte("/Type /Page\n"))
			}
			if few, many := pages(5), pages(60); few < 10 || many < few+10 {
				b.Errorf("%d and %d pages", few, many)
			}
		}},
	}
}
