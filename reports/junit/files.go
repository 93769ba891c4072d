package junit

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"esconform/reports"
)

// Limits of a file. Azure DevOps and others refuse files of 25 MB and more, GitLab
// 30 MB; many elements exceed the "permitted complexity" of GitLab. Sizes are bounded
// from above, so that a file stays below.
const (
	mostBytes    = 24_000_000
	mostElements = 49_000
)

// File is one file of a report.
type File struct {
	Name string
	root any
}

// Files writes a report in a dialect, as one file of that name if it can be. When a
// file would have 25 MB or 50,000 elements, the report goes on in files of their own:
// after junit.xml come junit-2.xml, junit-3.xml and so on. Each is valid by itself and
// counts what is in it; together they have each case once. A suite that is cut keeps
// its name and has another id in each file; the property "part" tells of the others.
//
// The caller removes the parts of an earlier report (see IsPart).
func Files(r reports.Report, d Dialect, name string) []File {
	parts := split(d, r)
	files := make([]File, len(parts))
	number := 0
	for i, suites := range parts {
		part := partOf(i+1, len(parts))
		var made []*testsuite
		for _, s := range suites {
			made = append(made, makeSuite(d, r, s, number, part))
			number++
		}
		files[i] = File{Name: partName(name, i+1), root: root(d, r, suites, made)}
	}
	return files
}

// root is the outermost element.
func root(d Dialect, r reports.Report, suites []*suite, made []*testsuite) any {
	switch d {
	case Surefire:
		return made[0]
	case Extended:
		var results []reports.Result
		for _, s := range suites {
			results = append(results, s.results...)
		}
		t := newTally(results)
		return testsuites{Name: product, Timestamp: r.StartedAt.UTC().Format(stamp), Tests: strconv.Itoa(t.counts.Total),
			Failures: strconv.Itoa(t.failures()), Errors: strconv.Itoa(t.counts.Error), Skipped: strconv.Itoa(t.skipped()),
			Assertions: strconv.Itoa(t.assertions), Time: seconds(t.milliseconds), Suites: made}
	}
	return testsuites{Suites: made}
}

// Write writes the file, in UTF-8.
func (f File) Write(w io.Writer) error {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(f.root); err != nil {
		return fmt.Errorf("encode %s: %w", f.Name, err)
	}
	out.WriteByte('\n')
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", f.Name, err)
	}
	return nil
}

// suite is a suite, or the part of one that stands in a file.
type suite struct {
	name    string
	results []reports.Result
	cases   []*testcase
	out     []string // escaped lines
	outSize int
}

// split divides the cases among files, in their order. There is always one file.
func split(d Dialect, r reports.Report) [][]*suite {
	budget, head := budget(r.Counts), suiteSize(r)
	parts, used := [][]*suite{nil}, size{}
	for _, g := range groups(d, r.Scenarios) {
		s := &suite{name: g.name}
		open := func() { last := len(parts) - 1; parts[last], used = append(parts[last], s), used.plus(head) }
		if len(g.results) == 0 {
			open()
		}
		for _, result := range g.results {
			c, lines := makeCase(d, result, budget), warning(d, result)
			need := c.size().plus(size{s.room(lines), 0})
			if len(s.cases) == 0 {
				need = need.plus(head)
			}
			if used.elements > 0 && used.plus(need).tooLarge() {
				parts, used, s = append(parts, nil), size{}, &suite{name: g.name}
			}
			if len(s.cases) == 0 {
				open()
			}
			used = used.plus(c.size()).plus(size{s.room(lines), 0})
			s.add(result, c, lines)
		}
	}
	return parts
}

// suiteSize bounds what a suite takes without its cases and its system-out.
func suiteSize(r reports.Report) size {
	p := properties{suiteProperties(r, r.Counts, partOf(1e6, 1e6+1))}
	return p.size().plus(size{4*perElement + perCharacter*mostName, 4})
}

// room is how much longer the system-out becomes with more lines: it has a bound.
func (s *suite) room(lines []string) int {
	return min(s.outSize+length(lines), suiteBudget) - min(s.outSize, suiteBudget)
}

func (s *suite) add(r reports.Result, c *testcase, lines []string) {
	s.results, s.cases = append(s.results, r), append(s.cases, c)
	s.out, s.outSize = append(s.out, lines...), s.outSize+length(lines)
}

// partName is the name of the nth file of a report.
func partName(name string, n int) string {
	if n == 1 {
		return name
	}
	extension := path.Ext(name)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, extension), n, extension)
}

var partNumber = regexp.MustCompile(`^-([2-9]|[1-9][0-9]+)$`)

// IsPart says whether a file is one that Files makes for a report of that name: the
// first, or one that follows it.
func IsPart(name, file string) bool {
	extension := path.Ext(name)
	rest, found := strings.CutPrefix(strings.TrimSuffix(file, extension), strings.TrimSuffix(name, extension))
	return file == name || found && strings.HasSuffix(file, extension) && partNumber.MatchString(rest)
}
