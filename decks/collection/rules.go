package collection

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"lectern/decks/fold"
	"lectern/scheduler"
	"lectern/scheduler/queue"
)

// rules are the settings of study in force: the presets, which deck has which,
// and the limits.
type rules struct {
	all   []*ruleSet // the one for every deck without another first, the others by name
	byID  map[string]*ruleSet
	deck  map[string]string // deck → preset
	total Limits            // of all decks together
	today map[string]Limits // by choiceToday
	exams map[string]Exam   // by deck
}

// ruleSet is a preset with its scheduler.
type ruleSet struct {
	id, name string
	preset   scheduler.Preset
	sched    *scheduler.Scheduler
	// plain schedules answers that promised nothing: by memory and the day's
	// start alone, so that the other settings never move a card.
	plain *scheduler.Scheduler
	fit   *fitNote // of the fit in use; nil: none
}

// Limits are how many cards a day brings; nil: as the preset says.
type Limits struct {
	New     *int `json:"new,omitempty"`
	Reviews *int `json:"reviews,omitempty"`
}

// over lays l over an amount.
func (l Limits) over(a queue.Amount) queue.Amount {
	if l.New != nil {
		a.New = *l.New
	}
	if l.Reviews != nil {
		a.Reviews = *l.Reviews
	}
	return a
}

// The names of choices about study.
const (
	choicePreset = "preset"  // the preset of every deck without another
	choiceOther  = "preset/" // + id: another preset, "" when it was put away
	choiceUse    = "use/"    // + deck: the id of its preset
	choiceLimit  = "limit"   // of all decks together
)

// choiceToday is the name of the limits that hold for a deck on one day; deck
// "" is all decks together.
func choiceToday(deck string, day scheduler.Day) string {
	return "today/" + deck + "/" + strconv.Itoa(int(day))
}

// aboutPresets says whether a choice may change when cards come back, and not
// only how many come.
func aboutPresets(name string) bool {
	return name != choiceLimit && !strings.HasPrefix(name, "today/") && !strings.HasPrefix(name, choiceExam)
}

// otherPreset is the value of choiceOther.
type otherPreset struct {
	Name   string           `json:"name"`
	Preset scheduler.Preset `json:"preset"`
}

// readRules reads the settings of study in force.
func readRules(q querier) (*rules, error) {
	events, err := readEvents(q, "choices", `name, value`, `ORDER BY seq`, func() (*choiceEvent, []any) {
		e := &choiceEvent{}
		return e, []any{&e.name, &e.value}
	})
	if err != nil {
		return nil, err
	}
	by := map[string][]*choiceEvent{}
	for _, e := range events {
		by[e.name] = append(by[e.name], e)
	}
	r := &rules{byID: map[string]*ruleSet{}, deck: map[string]string{}, today: map[string]Limits{}, exams: map[string]Exam{}}
	base := &ruleSet{preset: scheduler.DefaultPreset()}
	r.all, r.byID[""] = []*ruleSet{base}, base
	fits := map[string]*fitNote{}
	for name, register := range by {
		e, ok := last(register)
		if !ok {
			continue
		}
		err := r.read(name, e.value)
		if preset, ok := strings.CutPrefix(name, choiceFit); ok {
			fits[preset] = &fitNote{}
			err = json.Unmarshal([]byte(e.value), fits[preset])
		}
		if err != nil {
			return nil, damaged("choices", e.seq, err)
		}
	}
	sort.Slice(r.all[1:], func(i, j int) bool {
		a, b := r.all[1+i], r.all[1+j]
		if c := fold.Compare(a.name, b.name); c != 0 {
			return c < 0
		}
		return a.id < b.id
	})
	for _, s := range r.all {
		// The day starts at one hour for all decks.
		s.preset.RolloverHour = base.preset.RolloverHour
		s.fit = fits[s.id]
		if err := s.schedule(); err != nil {
			return nil, fmt.Errorf("use the preset: %w", err)
		}
	}
	return r, nil
}

func (r *rules) read(name, value string) error {
	switch {
	case name == choicePreset:
		return json.Unmarshal([]byte(value), &r.all[0].preset)
	case name == choiceLimit:
		return json.Unmarshal([]byte(value), &r.total)
	case strings.HasPrefix(name, "today/"):
		var l Limits
		err := json.Unmarshal([]byte(value), &l)
		r.today[name] = l
		return err
	}
	if deck, ok := strings.CutPrefix(name, choiceExam); ok && value != "" {
		var e Exam
		err := json.Unmarshal([]byte(value), &e)
		r.exams[deck] = e
		return err
	}
	if deck, ok := strings.CutPrefix(name, choiceUse); ok {
		r.deck[deck] = value
	}
	if id, ok := strings.CutPrefix(name, choiceOther); ok && value != "" {
		o := otherPreset{Preset: scheduler.DefaultPreset()}
		if err := json.Unmarshal([]byte(value), &o); err != nil {
			return err
		}
		s := &ruleSet{id: id, name: o.Name, preset: o.Preset}
		r.all, r.byID[id] = append(r.all, s), s
	}
	return nil
}

func (s *ruleSet) schedule() (err error) {
	if s.sched, err = scheduler.NewScheduler(s.preset); err != nil {
		return err
	}
	plain := scheduler.DefaultPreset()
	plain.Model, plain.Weights, plain.RolloverHour = s.preset.Model, s.preset.Weights, s.preset.RolloverHour
	s.plain, err = scheduler.NewScheduler(plain)
	return err
}

// of returns the preset of a deck.
func (r *rules) of(deck string) *ruleSet {
	if s, ok := r.byID[r.deck[deck]]; ok {
		return s
	}
	return r.all[0]
}

// base is the preset of every deck without another.
func (r *rules) base() *ruleSet { return r.all[0] }

// limit is what a deck may show on a day; deck "" is all decks together.
func (r *rules) limit(deck string, day scheduler.Day) queue.Amount {
	a := queue.Amount{New: queue.NoLimit, Reviews: queue.NoLimit}
	if deck == "" {
		a = r.total.over(a)
	} else {
		p := &r.of(deck).preset
		a.New, a.Reviews = p.NewPerDay, p.ReviewsPerDay
	}
	return r.today[choiceToday(deck, day)].over(a)
}

// stamp names what the caches are computed with: the program's way and what of
// the presets decides memory. When cards come back was promised with each
// answer, and does not change with the settings.
func (r *rules) stamp() string {
	type memory struct {
		Model   string    `json:"model"`
		Weights []float64 `json:"weights,omitempty"`
	}
	presets := map[string]memory{}
	for _, s := range r.all {
		presets[s.id] = memory{s.preset.Model, s.preset.Weights}
	}
	uses := map[string]string{}
	for deck := range r.deck {
		if s := r.of(deck); s.id != "" {
			uses[deck] = s.id
		}
	}
	text, err := json.Marshal(struct {
		Day     int               `json:"day"`
		Presets map[string]memory `json:"presets"`
		Uses    map[string]string `json:"uses"`
	}{r.base().preset.RolloverHour, presets, uses})
	if err != nil {
		return "" // a weight that is not a number: NewScheduler refuses it
	}
	return fmt.Sprintf("%d %s", cacheVersion, text)
}
