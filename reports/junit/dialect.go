package junit

import (
	"fmt"
	"strings"
)

// Dialect is a kind of JUnit XML. Each has its schema beside this file.
type Dialect string

// The dialects.
const (
	// Strict is what both the windyroad schema (the one that Azure DevOps cites) and
	// the junit-10 schema of the Jenkins xUnit plugin accept.
	Strict Dialect = "strict"
	// Surefire is what the schema of the Maven Surefire plugin accepts: a single
	// <testsuite>, for consumers that were made for Maven.
	Surefire Dialect = "surefire"
	// Extended is the superset that testmoapp/junitxml documents: properties, steps and
	// attachments of each case, for consumers that show them.
	Extended Dialect = "extended"
)

// Dialects returns all dialects, the default first.
func Dialects() []Dialect { return []Dialect{Strict, Surefire, Extended} }

// ParseDialect returns the dialect of that name. The error of an unknown name lists
// the known ones.
func ParseDialect(name string) (Dialect, error) {
	var known []string
	for _, d := range Dialects() {
		if string(d) == name {
			return d, nil
		}
		known = append(known, string(d))
	}
	return "", fmt.Errorf("%q is no JUnit dialect; there are %s", name, strings.Join(known, ", "))
}
