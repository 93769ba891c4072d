package cli

import "fmt"

// maxRepeat bounds --repeat: what happens less often than once in a hundred is for a
// run in a loop.
const maxRepeat = 100

// repetitions checks --repeat. Once is 0, as in reports.
func (f runFlags) repetitions() (int, error) {
	switch {
	case f.repeat < 1 || f.repeat > maxRepeat:
		return 0, fmt.Errorf("--repeat: %d is no number from 1 to %d", f.repeat, maxRepeat)
	case f.repeat == 1:
		return 0, nil
	}
	return f.repeat, nil
}

// repeated says on the line of the plan how often each case is carried out; empty for
// once.
func repeated(n int) string {
	if n <= 1 {
		return ""
	}
	return fmt.Sprintf(", each %d times", n)
}
