package junit

import "encoding/xml"

// The elements and attributes of all dialects, in the order of their schemas. What a
// dialect does not have is left empty, and then it is not written.
type (
	testsuites struct {
		XMLName    xml.Name     `xml:"testsuites"`
		Name       string       `xml:"name,attr,omitempty"`
		Timestamp  string       `xml:"timestamp,attr,omitempty"`
		Tests      string       `xml:"tests,attr,omitempty"`
		Failures   string       `xml:"failures,attr,omitempty"`
		Errors     string       `xml:"errors,attr,omitempty"`
		Skipped    string       `xml:"skipped,attr,omitempty"`
		Assertions string       `xml:"assertions,attr,omitempty"`
		Time       string       `xml:"time,attr,omitempty"`
		Suites     []*testsuite `xml:"testsuite"`
	}
	testsuite struct {
		XMLName    xml.Name    `xml:"testsuite"`
		Package    string      `xml:"package,attr,omitempty"`
		ID         string      `xml:"id,attr,omitempty"`
		Name       string      `xml:"name,attr"`
		Timestamp  string      `xml:"timestamp,attr,omitempty"`
		Hostname   string      `xml:"hostname,attr,omitempty"`
		Tests      string      `xml:"tests,attr"`
		Failures   string      `xml:"failures,attr"`
		Errors     string      `xml:"errors,attr"`
		Skipped    string      `xml:"skipped,attr,omitempty"`
		Assertions string      `xml:"assertions,attr,omitempty"`
		Time       string      `xml:"time,attr"`
		Properties *properties `xml:"properties"`
		Cases      []*testcase `xml:"testcase"`
		Out        *characters `xml:"system-out"`
		Err        *characters `xml:"system-err"`
	}
	properties struct {
		List []property `xml:"property"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testcase struct {
		Classname  string      `xml:"classname,attr"`
		Name       string      `xml:"name,attr"`
		Time       string      `xml:"time,attr"`
		Assertions string      `xml:"assertions,attr,omitempty"`
		File       string      `xml:"file,attr,omitempty"`
		Line       string      `xml:"line,attr,omitempty"`
		Properties *properties `xml:"properties"`
		Skipped    *skipped    `xml:"skipped"`
		Error      *fault      `xml:"error"`
		Failure    *fault      `xml:"failure"`
		Out        *characters `xml:"system-out"`
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

// size is a bound on what something takes of a file.
type size struct{ bytes, elements int }

func (s size) plus(t size) size { return size{s.bytes + t.bytes, s.elements + t.elements} }

func (s size) tooLarge() bool { return s.bytes > mostBytes || s.elements > mostElements }

// Bounds of what is written: an attribute's character takes at most as many bytes
// ("&#34;"), an element as much with its tags, attribute names and indentation.
const (
	perCharacter = 5
	perElement   = 150
)

// size bounds what the case takes, from above.
func (c *testcase) size() size {
	s := size{perElement + perCharacter*(len(c.Classname)+len(c.Name)+len(c.Time)+len(c.Assertions)+len(c.File)+len(c.Line)), 1}
	s = s.plus(c.Properties.size()).plus(c.Error.size()).plus(c.Failure.size()).plus(c.Out.size())
	if c.Skipped != nil {
		s = s.plus(size{perElement + perCharacter*len(c.Skipped.Message) + len(c.Skipped.Text), 1})
	}
	return s
}

func (p *properties) size() size {
	if p == nil {
		return size{}
	}
	s := size{perElement, 1}
	for _, pair := range p.List {
		s = s.plus(size{perElement + perCharacter*(len(pair.Name)+len(pair.Value)), 1})
	}
	return s
}

func (f *fault) size() size {
	if f == nil {
		return size{}
	}
	return size{perElement + perCharacter*(len(f.Type)+len(f.Message)) + len(f.Text), 1}
}

func (c *characters) size() size {
	if c == nil {
		return size{}
	}
	return size{perElement + len(c.Text), 1}
}
