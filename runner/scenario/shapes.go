package scenario

// shape is a mapping of the format: what it is called and which keys it may have.
// The JSON Schemas in fixtures/schema say the same; a test compares them.
type shape struct {
	noun string // with its article where it has one
	keys []string
}

// The mappings of scenario.yaml.
var (
	shapeScenario = shape{"a scenario", []string{"title", "source", "labels", "needs", "exclusive", "last", "given",
		"identities", "residue", "volatile", "cases", "steps"}}
	shapeNeeds             = shape{"needs", []string{"state", "features", "anchors", "sites", "control", "tls"}}
	shapeGiven             = shape{"given", []string{"persons", "groups", "memberships", "relationships"}}
	shapeGivenPerson       = shape{"a given person", []string{"name", "template", "set", "control"}}
	shapeGivenGroup        = shape{"a given group", []string{"name", "parent", "template", "set", "control"}}
	shapeGivenMembership   = shape{"a given membership", []string{"name", "person", "group", "role", "template", "set", "control"}}
	shapeGivenRelationship = shape{"a given relationship", []string{"parent", "child", "control"}}
	shapeIdentity          = shape{"an identity", []string{"name", "length", "anchor", "count"}}
	shapeVolatile          = shape{"a volatile leaf", []string{"file", "path", "reason"}}
	shapeStep              = shape{"a step", []string{"operation", "request", "site", "service", "as", "http", "messageId",
		"set", "remove", "repeat", "pages", "mutate", "schemaInvalid", "until", "within", "expect", "switch"}}
	shapeAs          = shape{"as", []string{"credentials", "passwordType", "nonce", "timestamp", "mustUnderstand", "replay"}}
	shapePages       = shape{"pages", []string{"size"}}
	shapeHTTP        = shape{"http", []string{"method", "query", "contentType", "charset", "action", "quotes", "headers"}}
	shapeExpectation = shape{"an expectation", []string{"proves", "at", "item", "status", "text", "response", "exact",
		"unordered", "present", "absent", "absentOrEmpty", "equals", "matches", "sameAs", "count", "keys", "anyOf", "capture",
		"observe", "fault", "httpStatus"}}
	shapeStatus    = shape{"status", []string{"codeMajor", "severity", "codeMinor", "description"}}
	shapeCodeMinor = shape{"codeMinor", []string{"name", "value"}}
	shapeSameAs    = shape{"sameAs", []string{"step", "at"}}
	shapeFault     = shape{"fault", []string{"code"}}
	shapeReading   = shape{"a reading", []string{"reading", "expect"}}
)

// The mappings of requirements/*.yaml and states.yaml.
var (
	shapeRequirement = shape{"a requirement", []string{"id", "area", "level", "statement", "source", "confidence", "class",
		"universal", "fails", "reason", "missing"}}
	shapeState = shape{"a state", []string{"name", "title", "values", "default", "scope"}}
)
