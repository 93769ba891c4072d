package hostile

import "strings"

// fragments have sunk reports elsewhere, or would be read as something else than
// text by who shows a report: a browser, a terminal, a CI system, a spreadsheet.
var fragments = []string{
	"a\x00b", "\x1b[31mred\x1b[0m", "\x1b]8;;http://example.org\x07link\x1b]8;;\x07", "\x9b2J", "\x7f\x08\x08",
	"high \xed\xa0\x80 low \xed\xb0\x80", "\xff\xfe\xc0", "cut \xe6\x97", "\ufffe\uffff", "\U0001FFFF", "\ufffd",
	"a ]]> b <![CDATA[ c ]]>", "]]", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "<!-- c --", "<?xml version='1.1'?>",
	`</failure></testcase><testcase name="x" classname='y'/>`, "&", "&amp;", "&#0;", "&#x1b;", "&nbsp;", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
	`"`, "'", "`", `\`, `\u{1B}`, "$(id)", "`id`", "%s%n%00", "{{7*7}}", "${jndi:ldap://example.org}",
	"\u202egnp.exe", "\u2066x\u2069", "zero\u200bwidth\u200d\u2060", "\ufeffmark", "soft\u00adhyphen", "e\u0301\u0301\u0301\u0301", "no\u00a0break", "\u2028\u2029",
	"two\nlines", "two\r\nlines", "\rback", "\ttab", "  many   spaces  ", "\n\n\n",
	"[[ATTACHMENT|/etc/passwd]]", "[[ATTACHMENT|../../secret.png]]", "[[PROPERTY|verdict=passed]]", "[[[ATTACHMENT|x]]]",
	"::error::x", "\n::set-output name=x::y", "::add-mask::e", "##[error]x", "##vso[task.complete result=Succeeded]", "##teamcity[testFailed name='x']",
	"# heading", "**bold**", "[link](javascript:alert(1))", "![image](http://example.org/x.png)", "| a | b |", "```\n", "<details open>", "- [ ] task", "@everyone", "#1", "~~~", "> quote",
	"a.b.c.Name", ".", "..", "../../etc/passwd", "/etc/passwd", `C:\Windows`, "name.with.dots(int)", "-flag", "--", "=1+1", "passed", "failed", "null", "0", "1e999", "NaN",
	"javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "plain words", "æøå 漢字 العربية", "👩‍💻", "𝔘𝔫𝔦", "",
}

// text is one to four fragments in a row; now and then it is long, as an answer of
// an endpoint can be.
func (m *maker) text() string {
	switch {
	case m.huge > 0 && m.once(500):
		return m.long(1 + m.rng.IntN(m.huge))
	case m.once(400):
		return m.long(1 + m.rng.IntN(20_000))
	}
	var out strings.Builder
	for i := range 1 + m.rng.IntN(4) {
		if i > 0 && m.once(2) {
			out.WriteByte(' ')
		}
		out.WriteString(pick(m, fragments))
	}
	return out.String()
}

// long repeats a few fragments, cut at the byte, also within a character.
func (m *maker) long(length int) string {
	unit := pick(m, fragments) + pick(m, fragments) + pick(m, fragments) + "x"
	return strings.Repeat(unit, length/len(unit)+1)[:length]
}

// texts gives at most that many texts.
func (m *maker) texts(most int) []string {
	list := make([]string, m.rng.IntN(most+1))
	for i := range list {
		list[i] = m.text()
	}
	return list
}
