package plan

// Phase is a part of a run; a phase begins when the one before has ended.
type Phase int

// The phases. What disturbs others most comes late; wrong passwords come last,
// because a lock-out would spoil all that follows (ruling 15).
const (
	PhaseOrdinary Phase = iota
	PhaseSite           // needs a site for itself
	PhaseEndpoint       // needs the endpoint for itself
	PhaseLast
)

// Phase returns the part of the run that the item belongs to.
func (i Item) Phase() Phase {
	switch {
	case i.Case.Scenario.Last || wrongPasswords(i.Case) > 0:
		return PhaseLast
	case i.Lock == LockEndpoint:
		return PhaseEndpoint
	case i.Lock == LockSite:
		return PhaseSite
	default:
		return PhaseOrdinary
	}
}
