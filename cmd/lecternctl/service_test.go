package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdSite: site FOLDER. Serves the folder's files as a site; SITE is its address.
func cmdSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site FOLDER")
	}
	files := http.FileServer(http.Dir(ts.MkAbs(args[0])))
	other := httptest.NewServer(files) // another host of the own network
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/inwards" {
			http.Redirect(w, r, other.URL, http.StatusFound)
			return
		}
		files.ServeHTTP(w, r)
	}))
	ts.Defer(s.Close)
	ts.Defer(other.Close)
	ts.Setenv("SITE", s.URL)
}

var (
	firstPassage = regexp.MustCompile(`(?m)^\[1\] (.*)$`)
	numbered     = regexp.MustCompile(`(?m)^\d+\. `)
)

// cmdService: service. Starts a service that drafts answers; SERVICE is its
// address. Its models: "good" quotes the first passage for the first question and
// finds none of the others in the lecture, "liar" makes its quotation up, "babbler"
// replies in prose, another is not there. It wants the key "k", and tells at
// /count how often it was asked for drafts.
func cmdService(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: service")
	}
	var count atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fail := func(status int, message string) {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"error": {"message": %q}}`, message)
		}
		switch {
		case r.URL.Path == "/count":
			fmt.Fprintf(w, "Questions:\n\n- Was it asked %d times?\n", count.Load())
			return
		case r.Header.Get("Authorization") != "Bearer k":
			fail(http.StatusUnauthorized, "wrong key "+r.Header.Get("Authorization"))
			return
		case r.URL.Path == "/v1/models":
			fmt.Fprint(w, `{"object": "list", "data": [{"id": "liar"}, {"id": "good"}, {"id": "babbler"}]}`)
			return
		}
		count.Add(1)
		var request struct {
			Model    string
			Messages []struct{ Content string }
		}
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil || len(request.Messages) != 2 {
			fail(http.StatusBadRequest, "not a request")
			return
		}
		text := request.Messages[1].Content
		quote, content := firstPassage.FindStringSubmatch(text)[1], "I would say it depends."
		switch request.Model {
		case "liar":
			quote = "It is well known that " + quote
		case "good", "babbler":
		default:
			fail(http.StatusNotFound, fmt.Sprintf("model %q not found", request.Model))
			return
		}
		if request.Model != "babbler" {
			_, questions, _ := strings.Cut(text, "Questions:\n")
			answers := []any{map[string]any{"question": 1, "in_lecture": true, "answer": "As the lecture says.",
				"quotes": []any{map[string]any{"passage": 1, "text": quote}}}}
			for i := range numbered.FindAllString(questions, -1)[1:] {
				answers = append(answers, map[string]any{"question": i + 2, "in_lecture": false, "answer": "", "quotes": []any{}})
			}
			raw, err := json.Marshal(map[string]any{"answers": answers})
			if err != nil {
				fail(http.StatusInternalServerError, err.Error())
				return
			}
			content = string(raw)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content}}},
			"usage":   map[string]any{"prompt_tokens": 120, "completion_tokens": 30},
		})
	}))
	ts.Defer(s.Close)
	ts.Setenv("SERVICE", s.URL)
}
