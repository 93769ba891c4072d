package validate

import (
	"strings"

	"esconform/runner/wire"
)

// libxml2Fault makes a fault of an error of the library. The numbers are those of
// xmlParserErrors, the range of schema validity.
func libxml2Fault(node, number int, message string) fault {
	f := fault{node: node, code: libxml2Code(number, message), message: message}
	if number == 1841 && strings.Contains(message, "Element content is not allowed") {
		// The library blames the empty element for its first child, the other engine
		// the child, which is the next element in document order.
		f.node, f.code = node+1, CodeElement
	}
	return f
}

// libxml2Code maps an error number to a code of this package. The library has one
// number for a missing and for an unexpected child, so the message tells them apart.
func libxml2Code(number int, message string) string {
	switch {
	case strings.Contains(message, "', attribute '{"+wire.NSXsi+"}type': "):
		return CodeSchema
	case number == 1840: // cvc-enumeration-valid
		return CodeEnumeration
	case number >= 1824 && number <= 1826, number >= 1829 && number <= 1839: // cvc-datatype-valid, the facets
		return CodeValue
	case number == 1827, number >= 1861 && number <= 1870, number == 1874: // cvc-type.3.1.1, cvc-attribute, cvc-complex-type.3 to 5
		return CodeAttribute
	case number == 1828, number >= 1841 && number <= 1844: // cvc-type.3.1.2, cvc-complex-type.2
		return CodeContent
	case number == 1871 && strings.Contains(message, "Missing child element"):
		return CodeMissing
	case number == 1845, number == 1871, number == 1878: // cvc-elt.1, the content model, cvc-wildcard
		return CodeElement
	case number >= 1847 && number <= 1849: // cvc-elt.3
		return CodeNil
	}
	return CodeSchema
}
