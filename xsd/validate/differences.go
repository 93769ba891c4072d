package validate

import (
	"slices"
	"strings"

	"esconform/runner/wire"
)

// Difference is a known difference between the engines that lies in them and not
// in the envelope. The list is reviewed: each entry has a minimal envelope in
// testdata/differences, and nothing else may make the engines disagree.
type Difference struct {
	Name string
	// Explanation says what each engine does, and which one is right.
	Explanation string
	libxml2     func(Violation) bool                 // names what only libxml2 reports
	helium      func(Violation) bool                 // names what only helium reports
	order       func(libxml2, helium Violation) bool // tells the first violations of a lawful difference of order
}

// Differences returns the known differences.
func Differences() []Difference {
	return []Difference{
		{
			Name: "wildcard-attribute",
			Explanation: "on an element that only a lax wildcard admits, libxml2 assesses attributes that are declared, such as soap:actor and " +
				"xsi:type, as XSD 1.0 says; helium does not",
			libxml2: onUndeclared,
		},
		{
			Name:        "any-uri",
			Explanation: "the engines draw the line of what an xs:anyURI is differently; XSD 1.0 hardly draws any",
			libxml2:     aboutURI,
			helium:      aboutURI,
		},
		{
			Name: "name-edition",
			Explanation: "libxml2 takes the names in xs:ID and xs:QName values by the fourth edition of XML 1.0, helium by the fifth, which allows " +
				"more characters",
			libxml2: func(v Violation) bool {
				return v.Code == CodeValue && (strings.HasSuffix(v.Message, "'xs:ID'.") || strings.HasSuffix(v.Message, "'xs:QName'."))
			},
		},
		{
			Name: "long-decimal",
			Explanation: "libxml2 takes no xs:decimal of more than 24 digits, helium takes any; XSD 1.0 asks for 18 and leaves the " +
				"rest to the processor",
			libxml2: aboutLongDecimal,
		},
		{
			Name: "namespace-name",
			Explanation: "helium takes a document for malformed when a namespace name is no URI; Namespaces in XML 1.0 does not demand one, " +
				"and libxml2 goes on",
			order: func(_, helium Violation) bool {
				return helium.Code == CodeNotWellFormed && strings.Contains(helium.Message, "is not a valid")
			},
		},
		{
			Name: "text-beside-child",
			Explanation: "where an element holds both text and a child that it may not hold, helium reports only one of the two and may pass " +
				"over faults inside the element; libxml2 reports what comes first",
			order: func(libxml2, helium Violation) bool {
				return helium.Code == CodeContent && libxml2.Node > helium.Node || libxml2.Code == CodeContent && helium.Code == CodeElement
			},
		},
		{
			Name: "token-order",
			Explanation: "in a UsernameToken, whose children come in any order, helium does not look into the children once one of them is " +
				"unexpected; libxml2 does",
			order: func(libxml2, helium Violation) bool {
				return helium.Code == CodeElement && libxml2.Node < helium.Node && inToken(libxml2)
			},
		},
	}
}

// explain returns the first known difference that accounts for what two engines
// found. Several may be at work in one envelope.
func explain(libxml2, helium []Violation) (Difference, bool) {
	var found Difference
	for _, d := range Differences() {
		before := len(libxml2) + len(helium)
		if d.libxml2 != nil {
			libxml2 = slices.DeleteFunc(slices.Clone(libxml2), d.libxml2)
		}
		if d.helium != nil {
			helium = slices.DeleteFunc(slices.Clone(helium), d.helium)
		}
		ordered := d.order != nil && d.order(first(libxml2), first(helium))
		if found.Name == "" && (ordered || len(libxml2)+len(helium) < before) {
			found = d
		}
		if ordered || agree(libxml2, helium) {
			return found, true
		}
	}
	return Difference{}, false
}

// first returns the first violation, or none.
func first(violations []Violation) Violation {
	if len(violations) == 0 {
		return Violation{Node: -1}
	}
	return violations[0]
}

// onUndeclared names libxml2's complaints about attributes, xsi:type among them, of
// elements in namespaces that have no schema.
func onUndeclared(v Violation) bool {
	if !slices.Contains([]string{CodeValue, CodeAttribute, CodeSchema}, v.Code) {
		return false
	}
	name, _ := strings.CutPrefix(v.Message, "Element '")
	prefix, _, qualified := strings.Cut(name, ":")
	space, ours := wire.Namespace(prefix)
	return strings.HasPrefix(name, "{") || qualified && !(ours && isOurs(space))
}

// maxLibxml2Digits is the number of digits that libxml2 keeps of an xs:decimal.
const maxLibxml2Digits = 24

// aboutLongDecimal names libxml2's complaints about decimals that are only too long
// for it.
func aboutLongDecimal(v Violation) bool {
	digits := 0
	for _, r := range v.Message {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return v.Code == CodeValue && strings.HasSuffix(v.Message, "'xs:decimal'.") && digits > maxLibxml2Digits
}

// aboutURI names both engines' complaints about values of type xs:anyURI.
func aboutURI(v Violation) bool {
	if v.Code != CodeValue {
		return false
	}
	return strings.Contains(v.Message, "'xs:anyURI'") || slices.ContainsFunc([]string{"'Type'", "'EncodingType'", "actor'", "encodingStyle'"},
		func(attribute string) bool {
			return strings.HasSuffix(v.Message, "is not valid for the type of attribute "+attribute+".")
		})
}

func inToken(v Violation) bool {
	space, _ := wire.Prefix(wire.NSWsse)
	created, _ := wire.Prefix(wire.NSWsu)
	return strings.HasPrefix(v.Message, "Element '"+space+":") || strings.HasPrefix(v.Message, "Element '"+created+":")
}
