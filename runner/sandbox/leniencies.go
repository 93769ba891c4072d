package sandbox

import (
	"strconv"
	"strings"
	"time"

	"esconform/runner/wire"
)

// What the endpoint takes although the schema or the policy says otherwise,
// because clients in production send it (wire dossier, 5.3 and 7). Each decision
// is one function or one sentence here.
//
//   - formatName may be missing, and unknown children are ignored: children are
//     looked up by expanded name, nothing is validated.
//   - Nillable children of readAllPersonsRequest may be missing.
//   - One prefix may stand for different namespaces in header and body: names
//     are resolved, prefixes are forgotten.
//   - Request without syncRequestHeaderInfo, Nonce, Created or Timestamp: fine.
//   - Unqualified children are ignored, as any unknown child.
//   - Role types of persons outside the enumeration are taken; they give the
//     default profile (How to assign profiles to users). Those of memberships
//     are words or two-digit numbers; others are refused.
//   - A membership's role without namespace (ims7role) is ignored like any
//     unqualified child, so that the role is missing.
//   - Groups may come without groupType or level, updates of known groups
//     without relationship, title and descriptions; the scheme of the types in
//     any case (isScheme). The fieldType of a course's fields is not looked at,
//     and its credits may be course/credits or course/credit.
//   - The fieldType of HomeOrganisation is not looked at; its value may be any
//     form of a boolean.

// actionOf reads a SOAPAction header: quoted or not, with blanks around it.
func actionOf(header string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(header), `"`))
}

// isDigest reads a Password's Type: only the digest matters. A missing Type and
// the text type in odd case (…-Username-token-Profile-…) mean text.
func isDigest(passwordType string) bool {
	return strings.EqualFold(strings.TrimSpace(passwordType), wire.PasswordDigest)
}

// dateOf reads an xs:date and returns it padded; the unpadded form 2005-4-3 is
// sent by a client in production. An empty text is no date: the true service
// answers HTTP 500 (GEN-12).
func dateOf(text string) (string, bool) {
	text = strings.TrimSpace(text)
	for _, layout := range [...]string{"2006-1-2", "2006-1-2Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format("2006-01-02"), true
		}
	}
	return "", false
}

// booleanOf reads an xs:boolean in all four forms.
func booleanOf(text string) (value, ok bool) {
	switch strings.TrimSpace(text) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

// numberOf reads an xs:int.
func numberOf(text string) (int, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	return int(n), err == nil
}

// momentOf reads an xs:dateTime; without a zone it is UTC.
func momentOf(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// telephone returns which number a telType names: the words and the digits of
// the schema's enumeration.
func telephone(telType string) (field string, ok bool) {
	switch strings.TrimSpace(telType) {
	case "Voice", "1":
		return fieldVoice, true
	case "Mobile", "3":
		return fieldMobile, true
	}
	return "", false
}
