package html

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"esconform/reports"
)

// tone is the class that gives a verdict its colour and its sign. The word always
// stands beside it: colour is never the only carrier.
type tone string

const (
	good    tone = "good"
	warn    tone = "warn"
	bad     tone = "bad"
	trouble tone = "trouble"
	note    tone = "note"
	idle    tone = "idle"
)

func verdictTone(v reports.Verdict) tone {
	switch v {
	case reports.Passed:
		return good
	case reports.Warned, reports.KnownFailure:
		return warn
	case reports.Failed, reports.UnexpectedPass:
		return bad
	case reports.Skipped, reports.NotRun:
		return idle
	}
	return trouble
}

func runTone(v reports.RunVerdict) tone {
	switch v {
	case reports.Conformant:
		return good
	case reports.ConformantWithWarnings:
		return warn
	case reports.NotConformant:
		return bad
	}
	return trouble
}

func outcomeTone(outcome string) tone {
	switch outcome {
	case reports.Held:
		return good
	case reports.Broken:
		return bad
	case reports.Observed:
		return note
	}
	return idle
}

func weightTone(w reports.Weight) tone {
	switch w {
	case reports.Failure:
		return bad
	case reports.Warning:
		return warn
	}
	return trouble
}

// spoken is a word of the model as people write it.
func spoken(word string) string { return strings.ReplaceAll(line(word, mostName), "-", " ") }

// chip writes a word in its colour.
func (p *page) chip(t tone, word string) {
	p.write(`<span class="chip {}">{}</span>`, string(t), spoken(word))
}

func number(n int) string { return strconv.Itoa(n) }

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// moment is a time for people, in UTC.
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04:05 UTC") }

// took is a duration for people, with two or three digits that count.
func took(d time.Duration) string {
	switch {
	case d < 0:
		return "0 ms"
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", d.Seconds()*1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}

// whole is a duration of whole milliseconds, as a case has it, for people.
func whole(milliseconds int64) string {
	switch {
	case milliseconds <= 0:
		return "< 1 ms"
	case milliseconds < 10:
		return strconv.FormatInt(milliseconds, 10) + " ms"
	}
	return took(time.Duration(milliseconds) * time.Millisecond)
}
