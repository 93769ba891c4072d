package junit_test

import "regexp"

// consumer is a reader of JUnit files: it gives the verdict that it shows for each
// case, by "classname/name".
type consumer struct {
	name string
	read func(files []document) map[string]string
	// merges is set when an error is shown as a failure.
	merges bool
}

// same says whether a consumer shows the verdict that it should.
func (c consumer) same(want, got string) bool {
	return got == want || c.merges && want == "error" && got == "failed"
}

func consumers() []consumer {
	return []consumer{
		{"Jenkins", jenkins, false},
		{"GitLab", gitlab, false},
		{"Azure DevOps", azure, false},
		{"dorny/test-reporter", dorny, true},
		{"mikepenz/action-junit-report", func(f []document) map[string]string { return mikepenz(f, false) }, true},
		{"mikepenz/action-junit-report with check_retries", func(f []document) map[string]string { return mikepenz(f, true) }, true},
		{"EnricoMi/publish-unit-test-result-action", enrico, false},
	}
}

// cases calls each with all cases of all suites, in the order of the files. A file
// that cannot be parsed has none.
func cases(files []document, each func(c *node)) {
	for _, f := range files {
		if f.err != nil {
			continue
		}
		for _, s := range f.root.below("testsuite") {
			for _, c := range s.all("testcase") {
				each(c)
			}
		}
	}
}

// full is the name that a consumer keeps a case under.
func full(c *node) string { return c.attr["classname"] + "/" + c.attr["name"] }

// gitlab keeps the first of several cases with the same name and classname, and looks
// for a failure before it looks for an error. It refuses files of 30 MB, and a text of
// 10 MB makes its parser give up.
func gitlab(files []document) map[string]string {
	seen := make(map[string]string)
	for _, f := range files {
		if f.err != nil || f.size >= 30_000_000 || f.root.longest() >= 10_000_000 {
			return seen
		}
	}
	cases(files, func(c *node) {
		if _, known := seen[full(c)]; known {
			return
		}
		switch {
		case c.first("failure") != nil:
			seen[full(c)] = "failed"
		case c.first("error") != nil:
			seen[full(c)] = "error"
		case c.first("skipped") != nil:
			seen[full(c)] = "skipped"
		default:
			seen[full(c)] = "passed"
		}
	})
	return seen
}

// attached is the pattern by which GitLab, Azure DevOps and others find attachments.
var attached = regexp.MustCompile(`\[\[ATTACHMENT\|(.+?)\]\]`)

// gitlabAttachment is the file that GitLab shows: the first of a failed case.
func gitlabAttachment(c *node) string {
	if out := c.first("system-out"); out != nil && c.first("failure") != nil {
		if found := attached.FindStringSubmatch(out.text); found != nil {
			return found[1]
		}
	}
	return ""
}

// azure cuts names at 512 characters; a later case of the same name then hides the
// earlier one in its lists.
func azure(files []document) map[string]string {
	seen := make(map[string]string)
	cases(files, func(c *node) {
		name := []rune(full(c))
		if len(name) > 513 { // and the stroke
			name = name[:513]
		}
		seen[string(name)] = verdictOf(c)
	})
	return seen
}

// verdictOf is the first verdict element of a case.
func verdictOf(c *node) string {
	for _, child := range c.children {
		switch child.name {
		case "failure":
			return "failed"
		case "error", "skipped":
			return child.name
		}
	}
	return "passed"
}

// dorny shows a case as skipped, failed or passed; an error is a failure.
func dorny(files []document) map[string]string {
	seen := make(map[string]string)
	cases(files, func(c *node) {
		switch {
		case c.first("skipped") != nil:
			seen[full(c)] = "skipped"
		case c.first("failure") != nil, c.first("error") != nil:
			seen[full(c)] = "failed"
		default:
			seen[full(c)] = "passed"
		}
	})
	return seen
}

// mikepenz reads the first failure or error. With check_retries cases of one name are
// taken for repetitions, of which one that passed wins.
func mikepenz(files []document, retries bool) map[string]string {
	seen := make(map[string]string)
	cases(files, func(c *node) {
		verdict := "passed"
		if c.first("failure") != nil || c.first("error") != nil {
			verdict = "failed"
		} else if c.first("skipped") != nil {
			verdict = "skipped"
		}
		earlier, known := seen[full(c)]
		if known && (!retries || earlier == "passed") {
			return
		}
		seen[full(c)] = verdict
	})
	return seen
}

// enrico keeps the most severe result of a case: error, failure, skipped, passed.
func enrico(files []document) map[string]string {
	rank := map[string]int{"": -1, "passed": 0, "skipped": 1, "failed": 2, "error": 3}
	seen := make(map[string]string)
	cases(files, func(c *node) {
		worst := "passed"
		for _, child := range c.children {
			kind := child.name
			if kind == "failure" {
				kind = "failed"
			}
			if rank[kind] > rank[worst] {
				worst = kind
			}
		}
		if rank[worst] > rank[seen[full(c)]] {
			seen[full(c)] = worst
		}
	})
	return seen
}
