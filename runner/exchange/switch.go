package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"esconform/runner/ledger"
)

// switchStates switches states of the case's site. What it was before is in the
// ledger first, so that it is restored on every way out.
func (c *caseRun) switchStates(ctx context.Context, states map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(states)) {
		from := c.own.States[name]
		if c.e.options.ReadOnly {
			return refuse("switching %s writes, and the run is read-only", name)
		}
		site := c.own.Name
		if c.e.plan.EndpointWide(name) {
			site = ""
		}
		if err := c.intend(ctx, ledger.Entry{Scenario: c.item.Case.ID(), Site: site, Kind: ledger.State, Key: name, From: from}); err != nil {
			return err
		}
		if err := c.e.setState(ctx, site, name, states[name]); err != nil {
			return fmt.Errorf("switch %s to %s: %w", name, states[name], err)
		}
		c.out.States[name] = states[name]
	}
	return nil
}

// setState switches one state, through the control interface or a hook. Without a
// site it is a state of the endpoint as a whole.
func (e *Executor) setState(ctx context.Context, site, name, value string) error {
	if e.control != nil {
		if err := e.control.setStates(ctx, site, map[string]string{name: value}); err != nil {
			return errors.New(e.secrets.redactText(err.Error()))
		}
		return nil
	}
	hook := e.target.Hooks[name]
	if len(hook) == 0 {
		return fmt.Errorf("nothing can switch %s here", name)
	}
	return e.runHook(ctx, hook, map[string]string{"{site}": site, "{state}": name, "{value}": value})
}

// runHook runs a hook: an argument list, never a shell, without our environment,
// which may hold secrets.
func (e *Executor) runHook(ctx context.Context, hook []string, values map[string]string) error {
	args := make([]string, len(hook))
	for i, arg := range hook {
		for name, value := range values {
			arg = strings.ReplaceAll(arg, name, value)
		}
		args[i] = arg
	}
	ctx, cancel := context.WithTimeout(ctx, e.target.Limits.StepTimeout)
	defer cancel()
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Env = hookEnvironment(os.Environ())
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("hook %s: %w: %s", args[0], err, shown(e.secrets.redactText(string(output))))
	}
	return nil
}

// hookVariables are what a program needs to find its files and its time zone.
var hookVariables = [...]string{"PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "USERPROFILE"}

func hookEnvironment(all []string) []string {
	var kept []string
	for _, variable := range all {
		name, _, _ := strings.Cut(variable, "=")
		if slices.Contains(hookVariables[:], strings.ToUpper(name)) {
			kept = append(kept, variable)
		}
	}
	return kept
}
