package scenario

// shape is a mapping of the format: what it is called and which keys it may have.
// The JSON Schemas in fixtures/schema say the same; a test compares them.
type shape struct {
	noun string
	keys []string
}

// The mappings of scenario.yaml.
var (
	shapeScenario = shape{"scenario", []string{"title", "source", "labels", "needs", "exclusive", "last", "given",
		"identities", "residue", "volatile", "cases", "steps"}}
	shapeNeeds             = shape{"needs", []string{"state", "features", "anchors", "sites", "control", "tls"}}
	shapeGiven             = shape{"given", []string{"persons", "groups", "memberships", "relationships"}}
	shapeGivenPerson       = shape{"given person", []string{"name", "template", "set", "control"}}
	shapeGivenGroup        = shape{"given group", []string{"name", "control"}}
	shapeGivenMembership   = shape{"given membership", []string{"name", "person", "group", "role", "control"}}
	shapeGivenRelationship = shape{"given relationship", []string{"parent", "child", "control"}}
	shapeIdentity          = shape{"identity", []string{"name", "length", "anchor"}}
	shapeVolatile          = shape{"volatile leaf", []string{"file", "path", "reason"}}
	shapeStep              = shape{"step", []string{"operation", "request", "site", "service", "as", "http", "messageId",
		"set", "remove", "mutate", "schemaInvalid", "until", "within", "expect", "switch"}}
	shapeAs          = shape{"as", []string{"credentials", "passwordType", "nonce", "timestamp", "mustUnderstand"}}
	shapeHTTP        = shape{"http", []string{"method", "query", "contentType", "charset", "action", "quotes", "headers"}}
	shapeExpectation = shape{"expectation", []string{"proves", "at", "item", "status", "text", "response", "exact",
		"unordered", "present", "absent", "absentOrEmpty", "equals", "matches", "sameAs", "count", "anyOf", "capture",
		"observe", "fault", "httpStatus"}}
	shapeStatus    = shape{"status", []string{"codeMajor", "severity", "codeMinor", "description"}}
	shapeCodeMinor = shape{"codeMinor", []string{"name", "value"}}
	shapeSameAs    = shape{"sameAs", []string{"step", "at"}}
	shapeFault     = shape{"fault", []string{"code"}}
	shapeReading   = shape{"reading", []string{"reading", "expect"}}
)

// The mappings of requirements/*.yaml and states.yaml.
var (
	shapeRequirement = shape{"requirement", []string{"id", "area", "level", "statement", "source", "confidence", "class",
		"universal", "fails", "reason", "missing"}}
	shapeState = shape{"state", []string{"name", "title", "values", "default", "scope"}}
)
