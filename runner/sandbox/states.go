package sandbox

import "slices"

// A State is a switch of a site or of the whole endpoint.
type State struct {
	Name    string
	Title   string
	Values  []string
	Default string
	Scope   string // ScopeSite or ScopeEndpoint
}

// Scopes of states.
const (
	ScopeSite     = "site"
	ScopeEndpoint = "endpoint"
)

// Names of the states (Creating parent/child relationships: site setting
// "Enable parent portal", global setting "Parent portal"; How to assign profiles
// to users: mapping values and the default profile are settings of a site).
const (
	StateParentPortal       = "parentPortal"
	StateParentPortalGlobal = "parentPortalGlobal"
	StateSiteProfile        = "siteProfile"
	StateDefaultProfile     = "defaultProfile"
)

// Values of the states about profiles.
const (
	profileAbsent  = "absent"
	profileUsed    = "used"
	profileDeleted = "deleted"

	defaultStudent = "student"
	defaultGuest   = "guest"
	defaultInvalid = "invalid"
)

const (
	stateEnabled  = "enabled"
	stateDisabled = "disabled"
)

// States returns the switches that the sandbox has.
func States() []State {
	onOff := []string{stateEnabled, stateDisabled}
	return []State{
		{StateParentPortal, `Site setting "Enable parent portal"`, onOff, stateEnabled, ScopeSite},
		{StateParentPortalGlobal, `Global setting "Parent portal"`, slices.Clone(onOff), stateEnabled, ScopeEndpoint},
		{StateSiteProfile, `A profile of the site with the mapping value "Apprentice"`, []string{profileAbsent, profileUsed, profileDeleted}, profileAbsent, ScopeSite},
		{StateDefaultProfile, `Site setting "Default profile for external enrollment"`, []string{defaultStudent, defaultGuest, defaultInvalid}, defaultStudent, ScopeSite},
	}
}

// lookupState returns the state of that name and scope.
func lookupState(name, scope string) (State, bool) {
	for _, s := range States() {
		if s.Name == name && s.Scope == scope {
			return s, true
		}
	}
	return State{}, false
}
