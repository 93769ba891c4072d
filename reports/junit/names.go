package junit

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"esconform/reports"
	"esconform/reports/text"
)

// mostName is the number of characters of classname and name together: Azure DevOps
// cuts names at 512, and cut names are no longer unique.
const mostName = 512

// names splits an id into the folder that a consumer groups by and the rest. Both
// are free of characters that XML or white space folding would change; where that,
// the length, or a path that is not in its plain form forces a change, a hash of the
// id keeps the pair unique.
func names(r reports.Result) (class, short string) {
	class = path.Dir(r.Scenario)
	short, found := strings.CutPrefix(r.ID, class+"/")
	if !found || short == "" {
		class, short = path.Dir(r.ID), path.Base(r.ID)
	}
	plain := class != "." && class+"/"+short == r.ID || class == "." && short == r.ID
	cleanClass, cleanShort := name(class), name(short)
	length := utf8.RuneCountInString(cleanClass) + utf8.RuneCountInString(cleanShort)
	if plain && cleanClass == class && cleanShort == short && length <= mostName {
		return class, short
	}
	hash := fmt.Sprintf("~%x", sha256.Sum256([]byte(r.ID)))[:17]
	cleanClass = text.Shorten(cleanClass, mostName/2)
	return cleanClass, text.Shorten(cleanShort, mostName/2-len(hash)) + hash
}

// name makes a text fit for an attribute of type xs:token that must not be empty.
func name(s string) string {
	return cmp.Or(attribute(s, mostName), "-")
}
