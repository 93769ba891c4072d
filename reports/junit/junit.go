// Package junit writes a run as JUnit XML for CI systems. No file satisfies all
// published schemas, so the format has dialects; this package writes "strict": what
// both the windyroad schema and Jenkins's junit-10 accept (strict.xsd).
//
//   - One suite per service area, one test case per scenario case, in the order of
//     ids. classname and name together are the id, so they are unique and stable.
//   - One verdict element per case, with all findings in its text. <failure> is the
//     endpoint's fault, <error> ours, the network's or the configuration's;
//     <skipped> is skipped, not-run and known-failure, with the reason (ruling 22).
//   - There is no attribute for warnings, nor one for skipped cases in windyroad;
//     both are suite properties, and warnings are explained in system-out.
//   - Text is made harmless first (see text.Visible), so that only characters of
//     XML 1.0 are left and none that a reader cannot see.
package junit

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"esconform/reports"
	"esconform/reports/text"
)

// Write writes the report in the dialect strict, in UTF-8. The file stays below 25 MB
// however long the findings are, by leaving out the middle of long texts.
func Write(w io.Writer, r reports.Report) error {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(document(r)); err != nil {
		return fmt.Errorf("encode junit report: %w", err)
	}
	out.WriteByte('\n')
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write junit report: %w", err)
	}
	return nil
}

// The elements and attributes of the dialect, in the order of its schema.
type (
	testsuites struct {
		XMLName xml.Name    `xml:"testsuites"`
		Suites  []testsuite `xml:"testsuite"`
	}
	testsuite struct {
		Package    string     `xml:"package,attr"`
		ID         int        `xml:"id,attr"`
		Name       string     `xml:"name,attr"`
		Timestamp  string     `xml:"timestamp,attr"`
		Hostname   string     `xml:"hostname,attr"`
		Tests      int        `xml:"tests,attr"`
		Failures   int        `xml:"failures,attr"`
		Errors     int        `xml:"errors,attr"`
		Time       string     `xml:"time,attr"`
		Properties []property `xml:"properties>property"`
		Cases      []testcase `xml:"testcase"`
		Out        characters `xml:"system-out"`
		Err        characters `xml:"system-err"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testcase struct {
		Classname string   `xml:"classname,attr"`
		Name      string   `xml:"name,attr"`
		Time      string   `xml:"time,attr"`
		Skipped   *skipped `xml:"skipped"`
		Error     *fault   `xml:"error"`
		Failure   *fault   `xml:"failure"`
	}
	skipped struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",innerxml"` // escaped
	}
	fault struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",innerxml"` // escaped
	}
	characters struct {
		Text string `xml:",innerxml"` // escaped
	}
)

// escapes are those of character data. The encoder would escape newlines and
// quotation marks as well, and nobody could read the file as it is.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes text harmless (most of it is already) and fit for XML.
func escape(s string) string { return escapes.Replace(text.Visible(s)) }
