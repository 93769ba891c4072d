package validate

import "strings"

// libxml2Code maps an error number of the library (xmlParserErrors, the numbers
// of schema validity) to a code of this package. The library has one number for
// a missing and for an unexpected child, so the message has to tell them apart.
func libxml2Code(number int, message string) string {
	switch {
	case number == 1840: // cvc-enumeration-valid
		return CodeEnumeration
	case number >= 1824 && number <= 1839: // cvc-datatype-valid, cvc-type.3.1.2, the facets
		return CodeValue
	case number == 1871 && strings.Contains(message, "Missing child element"):
		return CodeMissing
	case number == 1845 || number == 1871 || number == 1878: // cvc-elt.1, content model, wildcard
		return CodeElement
	case number >= 1841 && number <= 1844: // cvc-complex-type.2
		return CodeContent
	case number >= 1847 && number <= 1849: // cvc-elt.3
		return CodeNil
	case number >= 1861 && number <= 1870 || number == 1874: // cvc-attribute, cvc-complex-type.3 to 5, cvc-au
		return CodeAttribute
	}
	return CodeSchema
}
