package sandbox

import "esconform/runner/wire"

// An element is a piece of an answer before it is written: an expanded name,
// its attributes and either text or children. Namespace declarations are the
// writer's business, as are prefixes, white space and encoding.
type element struct {
	name     wire.Name
	attrs    []attr
	text     string
	children []*element
	nil_     bool // xsi:nil="true"; such an element has neither text nor children
	// qname is an expanded name that the text consists of, as in a faultcode;
	// the writer gives it a prefix. It is zero everywhere else.
	qname wire.Name
}

// An attr is one attribute of an element; an unqualified one has no name space.
type attr struct {
	name  wire.Name
	value string
}

// An answer is what a request is answered with, before it is written.
type answer struct {
	status int        // HTTP status
	header []*element // children of soap:Header in order; a Header is written only when there are any
	body   *element   // the only child of soap:Body
	// corrupt names a fault of bytes that a deviation asks for, one of
	// corruptions(); empty for an honest answer. The writer carries it out and
	// leaves everything else as it is.
	corrupt string
}

// The faults of bytes. The tree in an answer is always right; what is wrong
// happens while it is written, so each of them lives in the writer.
const (
	corruptReset            = "reset-connection"            // the connection is cut off after the request was read
	corruptTruncated        = "truncated-body"              // the declared content length is larger than the body
	corruptHTML             = "html-answer"                 // a page for people, as text/html, status as it is
	corruptNotWellFormed    = "not-well-formed"             // an end tag is missing
	corruptPrefix           = "undeclared-prefix"           // a prefix is used without its declaration
	corruptEncoding         = "wrong-encoding"              // declared UTF-8, written in ISO-8859-1 with a byte above 0x7F
	corruptDoctype          = "doctype-in-answer"           // a document type declaration precedes the Envelope
	corruptSOAP12           = "soap12-answer"               // the Envelope is in the namespace of SOAP 1.2
	corruptSecondChild      = "second-body-child"           // the Body holds a second child
	corruptMediaType        = "wrong-media-type"            // Content-Type application/json, body as it is
	corruptFault200         = "fault-with-200"              // a fault is sent with status 200
	corruptNoFaultString    = "fault-without-string"        // a fault lacks its faultstring
	corruptHeaderAndFault   = "header-and-fault"            // a fault is sent together with a syncResponseHeaderInfo
	corruptUnqualified      = "unqualified-status-children" // children of statusInfo have no namespace
	corruptLanguage         = "language-in-bind-namespace"  // description/language and text are in the bind namespace
	corruptStatusOrder      = "wrong-order-in-status"       // messageIdRef comes before severity
	corruptHeaderBlock      = "undeclared-header-block"     // a header block in the bind namespace that no schema declares
	corruptSchemaInvalid    = "schema-invalid-body"         // an undeclared child in the response element
	corruptDeepNesting      = "deep-nesting"                // 100,000 elements within each other, inside the response element
	corruptLargeValue       = "large-invalid-value"         // 5 MB of text where a short enumerated value belongs
	corruptCharsetMismatch  = "charset-mismatch"            // Content-Type says utf-16, the bytes are UTF-8
	corruptUnqualifiedFault = "qualified-fault-children"    // faultcode and faultstring are in the SOAP namespace
	corruptEnvelopeRoot     = "envelope-wrapped"            // the Envelope stands inside another root element
)

// corruptions returns the names that an answer's corrupt may have.
func corruptions() []string {
	return []string{
		corruptReset, corruptTruncated, corruptHTML, corruptNotWellFormed, corruptPrefix, corruptEncoding,
		corruptDoctype, corruptSOAP12, corruptSecondChild, corruptMediaType, corruptFault200, corruptNoFaultString,
		corruptHeaderAndFault, corruptUnqualified, corruptLanguage, corruptStatusOrder, corruptHeaderBlock,
		corruptSchemaInvalid, corruptDeepNesting, corruptLargeValue, corruptCharsetMismatch, corruptUnqualifiedFault,
		corruptEnvelopeRoot,
	}
}

// The other half of this package's agreement, in the files of the writer:
//
//	type style struct{ ... }                    // zero value: the writing of the samples
//	func styleOf(dialects []string) style       // names that are not ways of writing are ignored
//	func waysOfWriting() []Dialect              // the dialects that only change how an answer is written
//	func (s style) write(w http.ResponseWriter, r *http.Request, a answer)
//	func serveWSDL(w http.ResponseWriter, r *http.Request, service string, single bool, finish func([]byte) []byte)
//
// service is a port type's name or wire.CombinedPort.

// el makes an element with children.
func el(space, local string, children ...*element) *element {
	return &element{name: wire.Name{Space: space, Local: local}, children: children}
}

// leaf makes an element with text.
func leaf(space, local, text string) *element {
	return &element{name: wire.Name{Space: space, Local: local}, text: text}
}

// add appends children that are not nil.
func (e *element) add(children ...*element) {
	for _, c := range children {
		if c != nil {
			e.children = append(e.children, c)
		}
	}
}
