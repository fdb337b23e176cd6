// Package twins finds questions that ask the same: those of a new page beside
// the ones a student studies already.
//
// Two questions are twins when their words are the same after folding, or when
// they share nearly all that says what is asked. Rare words count more than
// frequent ones. Endings do not count ("токен", "токены"), nor does a typo, the
// order, or a "please". Words that every other question has ("What is …?") say
// nothing, but the sort of a question does: what a token is and why there are
// tokens are two things. Numbers, signs, single letters and "not" have to be
// the same, whatever the rest.
//
// It is pure: an [Index] holds words, no notes.
package twins

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Enough is how alike two questions have to be to be twins, of 1. It was chosen
// on pairs made of the questions of public courses (see the tests), so that a
// twin that is shown is nearly always one.
const Enough = 0.8

// What words on one side only take from the likeness. A word for another word
// is another question more often than a word added.
const (
	added    = 0.5
	replaced = 1.0
)

// leastShared is the part of a question's weight that another one has to share
// to be a twin: S/(S + added·(Q−S)) ≥ Enough.
const leastShared = Enough * added / (1 - Enough + Enough*added)

// Match is a question of an index that is like another one.
type Match struct {
	At    int     // its place among the questions of the index, -1: there is none
	Alike float64 // Enough to 1
	Exact bool    // the same words in the same order
}

var none = Match{At: -1}

// Index finds twins among many questions. It does not change once it is built,
// and several goroutines may ask it.
type Index struct {
	terms  map[string]int32
	words  []string  // by term
	weight []float64 // by term
	rarest float64   // the weight of a word that no question has

	list  []int32          // the terms of all questions, one after another, ascending in each
	from  []int32          // by question, and the end: where its terms begin in list
	at    [][]int32        // by term: questions, ascending
	firm  []uint64         // by question: what has to be the same
	exact map[uint64]int32 // by words: the first question
}

// Build makes an index of questions in plain text, named by their places.
func Build(questions []string) *Index {
	x := &Index{terms: map[string]int32{}, from: make([]int32, 1, len(questions)+1), exact: make(map[uint64]int32, len(questions))}
	var s scanner
	for i, q := range questions {
		s.scan(q)
		start := len(x.list)
		for _, w := range s.terms {
			id, known := x.terms[w]
			if !known {
				id = int32(len(x.words))
				w = strings.Clone(w) // the question is not kept
				x.words = append(x.words, w)
				x.terms[w] = id
				x.at = append(x.at, nil)
			}
			x.list = append(x.list, id)
		}
		mine := x.list[start:]
		slices.Sort(mine)
		mine = slices.Compact(mine)
		x.list = x.list[:start+len(mine)]
		for _, id := range mine {
			x.at[id] = append(x.at[id], int32(i))
		}
		x.from = append(x.from, int32(len(x.list)))
		x.firm = append(x.firm, s.firm)
		if _, known := x.exact[s.exact]; !known && len(s.tokens) > 0 {
			x.exact[s.exact] = int32(i)
		}
	}
	x.weigh(len(questions))
	return x
}

// weigh gives each term its weight: the logarithm of its rarity among the
// questions and some usual ones, which keep a small collection from taking a
// word of its course for an empty one.
func (x *Index) weigh(n int) {
	const (
		usual = 1000
		sort  = 0.35 // what the sort of a question says, beside a rare word
	)
	weight := func(notes int) float64 { return math.Log(1 + float64(n+usual)/float64(1+notes)) }
	x.rarest = weight(0)
	x.weight = make([]float64, len(x.words))
	for id, notes := range x.at {
		x.weight[id] = weight(len(notes))
		if isSort(x.words[id]) {
			x.weight[id] = sort * x.rarest
		}
	}
}

// of returns the terms of a question.
func (x *Index) of(i int32) []int32 { return x.list[x.from[i]:x.from[i+1]] }

// Nearest returns for each question the one of the index that is most like it.
func (x *Index) Nearest(questions []string) []Match {
	out := make([]Match, len(questions))
	s := newSearch(x)
	for i, q := range questions {
		out[i] = s.nearest(q, len(x.firm))
	}
	return out
}

// Repeats returns for each of the questions the one before it that is most like
// it.
func Repeats(questions []string) []Match {
	x := Build(questions)
	out := make([]Match, len(questions))
	s := newSearch(x)
	for i, q := range questions {
		out[i] = s.nearest(q, i)
	}
	return out
}

// search looks for one question after another.
type search struct {
	scanner
	x     *Index
	hits  []float32 // by question: the weight shared so far
	found []int32   // the questions with hits
	mine  []term
}

// term is a term of the question looked for. A term that no question of the
// index has is -1.
type term struct {
	id     int32
	word   string
	weight float64
}

func newSearch(x *Index) *search { return &search{x: x, hits: make([]float32, len(x.firm))} }

// candidates is how many questions that share the most are looked at closely.
const candidates = 8

// nearest looks among the questions before limit.
func (s *search) nearest(q string, limit int) Match {
	s.scan(q)
	if same, known := s.x.exact[s.exact]; known && int(same) < limit {
		return Match{At: int(same), Alike: 1, Exact: true}
	}
	s.collect(limit)
	slices.SortFunc(s.found, func(a, b int32) int { return cmp.Or(cmp.Compare(s.hits[b], s.hits[a]), cmp.Compare(a, b)) })
	best := none
	for i, at := range s.found {
		if i < candidates {
			if alike := s.alike(at); alike >= Enough && alike > best.Alike {
				best = Match{At: int(at), Alike: alike}
			}
		}
		s.hits[at] = 0
	}
	return best
}

// collect finds the questions that share enough, through the rarest words
// first: once what is left could not make a twin, no new question is taken.
func (s *search) collect(limit int) {
	s.mine, s.found = s.mine[:0], s.found[:0]
	total := 0.0
	for _, w := range s.terms {
		t := term{id: -1, word: w, weight: s.x.rarest}
		if id, known := s.x.terms[t.word]; known {
			t.id, t.weight = id, s.x.weight[id]
		}
		if slices.ContainsFunc(s.mine, func(o term) bool { return o.word == t.word }) {
			continue
		}
		s.mine = append(s.mine, t)
		total += t.weight
	}
	slices.SortFunc(s.mine, func(a, b term) int {
		return cmp.Or(cmp.Compare(isSortOrder(a.word), isSortOrder(b.word)), cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word))
	})
	left := total
	for _, t := range s.mine {
		fresh := left >= leastShared*total
		if t.id >= 0 {
			for _, at := range s.x.at[t.id] {
				if int(at) >= limit {
					break
				}
				if s.hits[at] == 0 {
					if !fresh || s.x.firm[at] != s.firm {
						continue
					}
					s.found = append(s.found, at)
				}
				s.hits[at] += float32(t.weight)
			}
			left -= t.weight // what no question has may still be a typo of what one has
		}
	}
	slices.SortFunc(s.mine, func(a, b term) int { return cmp.Compare(a.id, b.id) })
}

// isSortOrder puts the sorts of questions, which very many share, last.
func isSortOrder(word string) int {
	if isSort(word) {
		return 1
	}
	return 0
}

// alike compares the question looked for with one of the index.
func (s *search) alike(at int32) float64 {
	const most = 12 // words on one side only; with more there is no twin
	var left, right [most]term
	nl, nr := 0, 0
	shared := 0.0
	mine, other := s.mine, s.x.of(at)
	for len(mine) > 0 || len(other) > 0 {
		switch {
		case len(other) == 0 || len(mine) > 0 && mine[0].id < other[0]:
			if nl == most {
				return 0
			}
			left[nl] = mine[0]
			nl++
			mine = mine[1:]
		case len(mine) == 0 || other[0] < mine[0].id:
			if nr == most {
				return 0
			}
			right[nr] = term{other[0], s.x.words[other[0]], s.x.weight[other[0]]}
			nr++
			other = other[1:]
		default:
			shared += mine[0].weight
			mine, other = mine[1:], other[1:]
		}
	}
	a, b := 0.0, 0.0
	for i := range nl {
		l := &left[i]
		typo := slices.IndexFunc(right[:nr], func(r term) bool { return r.weight > 0 && slip(l.word, r.word) })
		if typo < 0 {
			a += l.weight
			continue
		}
		// A slip is as rare as the word it was meant to be.
		shared += min(l.weight, right[typo].weight)
		right[typo].weight = 0
	}
	for i := range nr {
		b += right[i].weight
	}
	if shared == 0 {
		return 0
	}
	return shared / (shared + added*max(a, b) + replaced*min(a, b))
}
