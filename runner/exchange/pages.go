package exchange

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

// maxPages bounds how many pages a step reads, whatever the answers promise.
const maxPages = 10_000

// The parameters of readAllPersons, and the number that its answers promise (dossier,
// section 3.4.12).
const (
	pageIndex    = "pmess:PageIndex"
	pageSize     = "pmess:PageSize"
	virtualCount = "pmess:virtualCount"
)

// pages carries out a step that reads page after page, from 1, until as many items
// have been asked for as virtualCount promises, or a page is empty.
func (c *caseRun) pages(ctx context.Context, index int, step scenario.Step) error {
	for page := 1; page <= maxPages; page++ {
		x := evidence.Exchange{Step: index, Page: page}
		if err := c.exchange(ctx, pageOf(step, page), &x); err != nil {
			return fmt.Errorf("step %d, page %d: %w", index+1, page, err)
		}
		if !c.morePages(x, page*step.Pages) {
			break
		}
	}
	return nil
}

// pageOf is the step that reads one page.
func pageOf(step scenario.Step, page int) scenario.Step {
	step.Set = append(slices.Clone(step.Set),
		scenario.Assignment{Path: pageIndex, Value: strconv.Itoa(page)},
		scenario.Assignment{Path: pageSize, Value: strconv.Itoa(step.Pages)})
	return step
}

// morePages says whether an answer promises more than has been asked for. A page
// with nobody on it ends the list: an endpoint that promises too much would keep us
// for ever.
func (c *caseRun) morePages(x evidence.Exchange, asked int) bool {
	m := c.e.message(x)
	promised, err := m.find(virtualCount, 0)
	if err != nil || len(promised) == 0 {
		return false
	}
	count, err := strconv.Atoi(strings.TrimSpace(promised[0].Text()))
	if err != nil || count <= asked {
		return false
	}
	listed, err := m.find(lists[x.Operation].items, 0)
	return err == nil && len(listed)+x.Strangers > 0
}
