package html_test

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"esconform/reports"
	"esconform/reports/html"
)

// TestInChromium opens reports in a headless browser, one for all that is checked; each
// check has a tab of its own. Afterwards the page must have asked for nothing but
// itself and said nothing on the console.
func TestInChromium(t *testing.T) {
	browser := start(t)
	checks := slices.Concat(readingChecks(), filterChecks(), linkChecks(), keyboardChecks(), hostileChecks(), printChecks(), speedChecks())
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) {
			tab := newTab(t, browser)
			c.run(tab)
			tab.quiet()
		})
	}
}

// check is something that a page must do in a browser.
type check struct {
	name string
	run  func(*tab)
}

// start starts the browser.
func start(t testing.TB) context.Context {
	t.Helper()
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	browser, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(closeBrowser)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start Chromium (install it with: make deps): %v", err)
	}
	return browser
}

// tab is a tab of the browser, with what its page said and asked for.
type tab struct {
	testing.TB
	ctx   context.Context
	close context.CancelFunc

	mu    sync.Mutex
	said  []string
	asked []string
}

func newTab(t testing.TB, browser context.Context) *tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	tab := &tab{TB: t, ctx: ctx, close: closeTab}
	if err := chromedp.Listen(ctx, tab.hear); err != nil {
		t.Fatal(err)
	}
	command(tab, network.Enable, network.EnableParams{})
	command(tab, log.Enable, cdp.Empty{})
	return tab
}

// hear takes down what no page of ours may do.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		b.said = append(b.said, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.said = append(b.said, e.Entry.Text)
	case *cdppage.EventJavascriptDialogOpening:
		b.said = append(b.said, "dialog: "+e.Message)
	}
}

// quiet fails when the page said anything or asked for anything but itself.
func (b *tab) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, said := range b.said {
		b.Errorf("the page says: %s", said)
	}
	for _, asked := range b.asked {
		if name, _, _ := strings.Cut(asked, "#"); !strings.HasPrefix(name, "file:///") || !strings.HasSuffix(name, "/report.html") {
			b.Errorf("the page asks for %s", asked)
		}
	}
	if len(b.asked) == 0 {
		b.Error("no request was seen, not even the one for the page")
	}
}

// open writes a report to a file and opens it at that place.
func (b *tab) open(r reports.Report, place string) {
	b.Helper()
	var page bytes.Buffer
	if err := html.Write(&page, r); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "report.html")
	if err := os.WriteFile(path, page.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	address := url.URL{Scheme: "file", Path: path, Fragment: place}
	b.do(chromedp.Navigate(address.String()))
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// command sends a command of the protocol.
func command[P, R any](b *tab, c cdp.Command[P, R], params P) R {
	b.Helper()
	result, err := chromedp.Call(b.ctx, c, params)
	if err != nil {
		b.Fatalf("%s: %v", c.Method, err)
	}
	return result
}

// eval gives the value of a JavaScript expression, waiting for a promise.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return value
}

// holds fails unless a JavaScript expression becomes true, at once or as soon as the
// page has drawn what it does then.
func (b *tab) holds(expression string) {
	b.Helper()
	within := `(async () => { for (let i = 0; i < 300; i++) { if (` + expression + `) return true; await new Promise(requestAnimationFrame); } return false; })()`
	if !eval[bool](b, within) {
		b.Errorf("does not hold: %s", expression)
	}
}

// click clicks an element after it came to rest: what comes into view takes its true
// size only then.
func (b *tab) click(selector string) {
	b.Helper()
	rest := `(async () => { const e = document.querySelector("` + selector + `"); for (let last = null; ; ) {
		e.scrollIntoView({ block: "center" }); await new Promise(requestAnimationFrame);
		const top = e.getBoundingClientRect().top; if (top === last) return true; last = top; } })()`
	eval[bool](b, rest)
	b.do(chromedp.Click(selector))
}
