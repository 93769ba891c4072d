// Package wire holds the names that travel on the wire: namespaces, prefixes,
// actions, status words and the table of operations. It holds no rules and no
// behaviour, so that the examiner (judge, exchange) and the examined (sandbox)
// may share it without sharing a mistake.
//
// All spellings follow the WSDLs that the vendor served, also where the
// documentation's prose spells them otherwise.
package wire

import (
	"fmt"
	"strings"
)

// Namespaces of SOAP, WS-Security and IMS Enterprise Services. The membership
// namespaces say imsMember, not imsMembership; Common and Bind have no /xsd/ part.
const (
	NSSOAP   = "http://schemas.xmlsoap.org/soap/envelope/"
	NSSOAP12 = "http://www.w3.org/2003/05/soap-envelope"
	NSBind   = "http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"
	NSCommon = "http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"
	NSPmess  = "http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"
	NSPdata  = "http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"
	NSGmess  = "http://www.imsglobal.org/services/gms/xsd/imsGroupManMessSchema_v1p0"
	NSGdata  = "http://www.imsglobal.org/services/gms/xsd/imsGroupManDataSchema_v1p0"
	NSMmess  = "http://www.imsglobal.org/services/mms/xsd/imsMemberManMessSchema_v1p0"
	NSMdata  = "http://www.imsglobal.org/services/mms/xsd/imsMemberManDataSchema_v1p0"
	NSWsse   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
	NSWsu    = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
	NSXsi    = "http://www.w3.org/2001/XMLSchema-instance"
	NSXsd    = "http://www.w3.org/2001/XMLSchema"
	NSXML    = "http://www.w3.org/XML/1998/namespace"
	NSWsdl   = "http://schemas.xmlsoap.org/wsdl/"
)

// Namespaces that stand in WSDLs: the binding to SOAP 1.1, WS-Policy,
// WS-SecurityPolicy and the actions of WS-Addressing.
const (
	NSSoapBind       = "http://schemas.xmlsoap.org/wsdl/soap/"
	NSPolicy         = "http://schemas.xmlsoap.org/ws/2004/09/policy"
	NSSecurityPolicy = "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy"
	NSActions        = "http://www.w3.org/2006/05/addressing/wsdl"
)

// WS-Security constants of the UsernameToken profile 1.0.
const (
	PasswordText   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"
	PasswordDigest = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"
	Base64Binary   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)

// Status words (StatusInfoDType of the vendor's WSDL). All are lower case on the wire.
const (
	CodeSuccess     = "success"
	CodeUnsupported = "unsupported"
	CodeFailure     = "failure"
	CodeProcessing  = "processing"

	SeverityStatus  = "status"
	SeverityWarning = "warning"
	SeverityError   = "error"
)

// Paths below the base URL of an endpoint.
const (
	PathPrefix   = "/WCFServiceLibrary/"
	CombinedPort = "ImsEnterpriseServicesPort"
)

// ServicePath returns the path of a service ("PersonManagementServiceSync" or
// CombinedPort) below the base URL, with its leading slash.
func ServicePath(service string) string { return PathPrefix + service + ".svc" }

// Name is an expanded XML name.
type Name struct {
	Space string // namespace URI; empty for an unqualified name
	Local string
}

// String shows the name as prefix:local with the dossier's prefix, or as
// {uri}local when the namespace has none.
func (n Name) String() string {
	if n.Space == "" {
		return n.Local
	}
	if p, ok := Prefix(n.Space); ok {
		return p + ":" + n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// prefixes pairs each prefix that paths and messages to people use with its
// namespace. The prefixes never have to match those of a message.
var prefixes = [...]struct{ prefix, space string }{
	{"soap", NSSOAP}, {"bind", NSBind}, {"common", NSCommon},
	{"pmess", NSPmess}, {"pdata", NSPdata}, {"gmess", NSGmess}, {"gdata", NSGdata},
	{"mmess", NSMmess}, {"mdata", NSMdata}, {"wsse", NSWsse}, {"wsu", NSWsu},
	{"xsi", NSXsi}, {"xsd", NSXsd}, {"xml", NSXML}, {"wsdl", NSWsdl}, {"soap12", NSSOAP12},
	{"soapbind", NSSoapBind}, {"wsp", NSPolicy}, {"sp", NSSecurityPolicy}, {"wsaw", NSActions},
}

// Prefix returns the prefix that this project uses for a namespace.
func Prefix(space string) (string, bool) {
	for _, p := range prefixes {
		if p.space == space {
			return p.prefix, true
		}
	}
	return "", false
}

// Namespace returns the namespace that a prefix of this project stands for.
func Namespace(prefix string) (string, bool) {
	for _, p := range prefixes {
		if p.prefix == prefix {
			return p.space, true
		}
	}
	return "", false
}

// ParseName reads "prefix:local" with the prefixes of this project, or a bare
// "local" as an unqualified name. An unknown prefix is an error.
func ParseName(s string) (Name, error) {
	prefix, local, found := strings.Cut(s, ":")
	if !found {
		return Name{Local: s}, nil
	}
	space, ok := Namespace(prefix)
	if !ok || local == "" {
		return Name{}, fmt.Errorf("name %q: unknown prefix %q", s, prefix)
	}
	return Name{Space: space, Local: local}, nil
}
