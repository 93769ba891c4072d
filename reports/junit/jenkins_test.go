package junit_test

import (
	"strconv"
	"strings"
)

// jenkinsSuite is a suite as the junit-plugin of Jenkins keeps it.
type jenkinsSuite struct {
	name, id, timestamp string
	hasID, hasTime      bool
	cases               []jenkinsCase
}

type jenkinsCase struct {
	class, name, verdict string
	seconds              float64
}

// jenkins reads files as its junit-plugin does: nested suites one by one; a suite is
// "package.name"; a case without classname takes its own name up to the last dot, or
// the suite's; error wins over failure, and only the first of each counts; suites of
// one name and id are merged, and when the timestamp is the same too, the second is
// taken for the same file read again, and dropped.
func jenkins(files []document) map[string]string {
	seen := make(map[string]string)
	for _, s := range jenkinsSuites(files) {
		for _, c := range s.cases {
			seen[c.class+"/"+c.name] = c.verdict
		}
	}
	return seen
}

func jenkinsSuites(files []document) []*jenkinsSuite {
	var suites []*jenkinsSuite
	for _, f := range files {
		switch {
		case f.size == 0:
			suites = append(suites, &jenkinsSuite{name: "[empty]", cases: []jenkinsCase{{name: "[empty]", verdict: "failed"}}})
		case f.err != nil:
			suites = append(suites, &jenkinsSuite{name: "[failed-to-read]", cases: []jenkinsCase{{name: "[failed-to-read]", verdict: "failed"}}})
		default:
			for _, element := range f.root.below("testsuite") {
				suites = addSuite(suites, readSuite(element))
			}
		}
	}
	return suites
}

func readSuite(element *node) *jenkinsSuite {
	s := &jenkinsSuite{name: element.attr["name"]}
	if p := element.attr["package"]; p != "" {
		s.name = p + "." + s.name
	}
	s.id, s.hasID = element.attr["id"], has(element, "id")
	s.timestamp, s.hasTime = element.attr["timestamp"], has(element, "timestamp")
	if element.first("error") != nil {
		s.cases = append(s.cases, jenkinsCase{class: s.name, name: "<init>", verdict: "error"})
	}
	for _, c := range element.all("testcase") {
		class, name := c.attr["classname"], c.attr["name"]
		if !has(c, "classname") {
			class = s.name
			if i := strings.LastIndex(name, "."); i >= 0 {
				class, name = name[:i], name[i+1:]
			}
		}
		s.cases = append(s.cases, jenkinsCase{class, name, jenkinsVerdict(c), jenkinsSeconds(c.attr["time"])})
	}
	return s
}

func has(n *node, attribute string) bool {
	_, found := n.attr[attribute]
	return found
}

func jenkinsVerdict(c *node) string {
	switch {
	case c.first("skipped") != nil:
		return "skipped"
	case c.first("error") != nil:
		return "error"
	case c.first("failure") != nil:
		return "failed"
	}
	return "passed"
}

// jenkinsSeconds strips commas and keeps times between nothing and a year; what is no
// number is nothing.
func jenkinsSeconds(s string) float64 {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return 0
	}
	return min(max(f, 0), 365*24*3600)
}

func addSuite(suites []*jenkinsSuite, s *jenkinsSuite) []*jenkinsSuite {
	for _, other := range suites {
		if other.name != s.name || other.id != s.id || other.hasID != s.hasID {
			continue
		}
		if s.hasTime && other.hasTime && s.timestamp == other.timestamp {
			return suites
		}
		other.cases = append(other.cases, s.cases...)
		return suites
	}
	return append(suites, s)
}
