package html

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"strings"
)

//go:embed assets
var files embed.FS

// sheets and scripts are the files of the style and of the script, in their order.
func sheets() []string {
	return []string{"palette.css", "base.css", "frame.css", "overview.css", "controls.css", "scenarios.css", "findings.css", "requirements.css", "print.css"}
}

func scripts() []string {
	return []string{"filter.js", "scenarios.js", "requirements.js", "links.js", "copy.js", "print.js"}
}

// marker tells the style that scripts run, before anything is drawn.
const marker = `document.documentElement.className="js"`

// assets returns the style and the script of the page.
func assets() (style, script string, err error) {
	read := func(names []string) string {
		var all strings.Builder
		for _, name := range names {
			content, readErr := files.ReadFile("assets/" + name)
			err = cmp.Or(err, readErr)
			all.Write(content)
		}
		return all.String()
	}
	style, script = read(sheets()), read(scripts())
	return style, script, err
}

// policy lets nothing run and nothing load but what is named here by its hash. Scripts
// may not make markup of text either.
func (p *page) policy() string {
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
		digest(p.style), digest(marker), digest(p.script))
}

func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// document writes the whole page.
func (p *page) document() {
	p.write("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	p.write("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", p.policy())
	p.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
	p.write("<title>{}: {}</title>\n", p.product(), spoken(string(p.report.Verdict)))
	p.own("<style>", p.style, "</style>\n")
	p.own("<script>", marker, "</script>\n")
	p.write("</head>\n<body>\n")
	p.masthead()
	p.write("<main>\n")
	p.overview()
	p.coverage()
	p.scenarios()
	p.requirementTable()
	p.write("</main>\n")
	p.colophon()
	p.own("<script>", p.script, "</script>\n")
	p.write("</body>\n</html>\n")
}

// own writes a file of this package as it is: the hash in the policy is that of these
// very bytes.
func (p *page) own(open, content, end string) {
	p.out.WriteString(open)
	p.out.WriteString(content)
	p.out.WriteString(end)
}

// product names what was tested.
func (p *page) product() string {
	t := p.report.Target
	name := strings.TrimSpace(line(t.Product, mostName) + " " + line(t.Version, mostName))
	return cmp.Or(name, line(t.URL, mostName), "Endpoint")
}

func (p *page) masthead() {
	p.write(`<header class="masthead"><div class="bound"><a class="skip" href="#scenarios">Skip to the scenarios</a>` +
		`<p class="mark">esconform <span>conformance report</span></p>` +
		`<nav aria-label="Parts of the report"><a href="#overview">Overview</a><a href="#coverage">Coverage</a><a href="#scenarios">Scenarios</a><a href="#requirements">Requirements</a></nav></div></header>` + "\n")
}

func (p *page) colophon() {
	r := p.report
	p.write(`<footer class="colophon"><div class="bound"><p>Made by esconform {} from run {}. The same results are in report.json and events.jsonl; the envelopes are in the folder evidence beside this file.</p></div></footer>`+"\n",
		line(r.SuiteVersion, mostName), line(r.RunID, mostName))
}
