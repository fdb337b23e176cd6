package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/teach"
	"lectern/app/teach/bench"
	"lectern/app/teach/classroom"
	"lectern/app/teach/launch"
	"lectern/app/teach/workshop"
	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/class"
	"lectern/decks/course"
	"lectern/decks/course/ship"
	"lectern/decks/source"
)

// shelf is a list of courses for the pictures: the user's own stays as it is.
type shelf map[string]string

func (s shelf) Setting(_ context.Context, key string) (string, error) { return s[key], nil }

func (s shelf) SetSetting(_ context.Context, key, value string) error {
	s[key] = value
	return nil
}

// lesson is what the pictures of an instructor's course say, in a language.
type lesson struct {
	title, author             string
	wrong, right, new, better string // cards, and an answer before and after
	answers                   []string
}

var lessons = map[string]lesson{
	"ru": {
		title: "Большие языковые модели", author: "А. П. Иванова, кафедра ИИ",
		wrong:   "Вопрос: Что хранит KV-кэш при генерации текста?\nОтвт: Ключи и значения уже прочитанных токенов.\n",
		right:   "Вопрос: Что хранит KV-кэш при генерации текста?\nОтвет: Ключи и значения уже прочитанных токенов.\n",
		new:     "Вопрос: Почему модели тяжело считать буквы в слове?\nОтвет: Она видит номера токенов, а не буквы.\n\nВопрос: Что такое температура выборки?\n",
		better:  "Ключи и значения всех токенов, кроме последнего.",
		answers: []string{"Число, на которое делят логиты перед softmax: чем оно больше, тем ровнее распределение.", "Насколько случайно модель выбирает следующий токен."},
	},
	"en": {
		title: "Large language models", author: "A. Ivanova, AI department",
		wrong:   "Question: What does a KV cache hold while text is generated?\nAnser: The keys and values of the tokens read so far.\n",
		right:   "Question: What does a KV cache hold while text is generated?\nAnswer: The keys and values of the tokens read so far.\n",
		new:     "Question: Why is it hard for a model to count the letters of a word?\nAnswer: It sees the numbers of tokens, not letters.\n\nQuestion: What is the temperature of sampling?\n",
		better:  "The keys and values of all tokens but the last one.",
		answers: []string{"A number that divides the logits before softmax: the larger it is, the flatter the distribution.", "How randomly a model picks the next token."},
	},
}

// teaching takes an instructor's way: a new course, a mistake, the keys, a release, what
// changed since, the next release, and what students handed in.
func (k *camera) teaching(lang string) {
	dir, err := os.MkdirTemp("", "lectern-teach-")
	if err != nil {
		k.keep(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx, w, l := context.Background(), k.w, lessons[lang]
	p := i18n.New(lang)
	c := bench.Course{Dir: filepath.Join(dir, l.title), Site: filepath.Join(dir, "site"), Store: ship.Store{Dir: filepath.Join(dir, "keys")}, Now: w.now}
	list := shelf{}
	k.screen("20-courses-none", func() nav.Screen { return k.courses(list) })
	k.press(keys.CtrlN)
	k.shoot("20b-course-new")
	k.press(keys.Esc)
	k.keep(course.Init(ctx, c.Dir, course.Starter{Title: l.title, Lang: lang, Author: l.author, License: "CC-BY-SA-4.0"}))
	k.keep(bench.Keep(ctx, list, bench.Place{Dir: c.Dir, Title: l.title}))
	k.screen("20c-courses", func() nav.Screen { return k.courses(list) })
	k.screen("21-course-made", func() nav.Screen { return k.workshop(c, true) })
	k.write(c, "", l.wrong)
	k.screen("21b-course-wrong", func() nav.Screen { return k.workshop(c, false) })
	k.write(c, l.wrong, l.right)
	k.tidy(c)
	k.screen("22-keys", func() nav.Screen { return k.launch(c, dir) })
	_, err = c.Begin(ctx, p, l.author, filepath.Join(dir, "key.html"))
	k.keep(err)
	_, err = c.SetAddress(ctx, "https://llm-course.example.org/")
	k.keep(err)
	k.planned("23-release", func() nav.Screen { return k.launch(c, dir) })
	k.worked("23b-released", func() { w.p.shell.Press(keys.CtrlEnter) })
	_, answer, _ := strings.Cut(l.right, "\n")
	_, answer, _ = strings.Cut(strings.TrimSpace(answer), ": ")
	k.write(c, answer, l.better)
	k.write(c, "", l.new)
	k.tidy(c)
	k.screen("24-course-changed", func() nav.Screen { return k.workshop(c, false) })
	k.class(c, l, dir)
}

func (k *camera) courses(list shelf) nav.Screen {
	return teach.New(teach.Options{Settings: list, Nav: k.w.p.Nav, Printer: k.w.p.words, Work: func(string, bool) {}, Reveal: k.w.system})
}

func (k *camera) workshop(c bench.Course, made bool) nav.Screen {
	return workshop.New(workshop.Options{
		Course: func() workshop.Course { return c }, Nav: k.w.p.Nav, Printer: k.w.p.words, Dir: c.Dir, Made: made,
		Edit: k.w.system, Reveal: k.w.system, Copy: k.w.copied, Now: k.w.now, Release: func(bench.State) {}, Class: func(bench.State) {},
	})
}

func (k *camera) launch(c bench.Course, papers string) nav.Screen {
	s, err := c.Look(context.Background())
	k.keep(err)
	return launch.New(launch.Options{
		Course: func(string) launch.Course { return c }, Site: c.Site, KeepSite: func(string) {}, Papers: papers, State: s,
		Nav: k.w.p.Nav, Printer: k.w.p.words, Now: k.w.now, Open: k.w.system, Copy: k.w.copied,
	})
}

// write changes the text of the course: a part of it, or, for "", its end.
func (k *camera) write(c bench.Course, was, now string) {
	name := c.Path("course.md")
	b, err := os.ReadFile(name)
	k.keep(err)
	text := string(b)
	if was == "" {
		text += "\n" + now
	} else {
		text = strings.Replace(text, was, now, 1)
	}
	k.keep(os.WriteFile(name, []byte(text), 0o600))
}

func (k *camera) tidy(c bench.Course) {
	_, err := c.Tidy(context.Background(), source.Options{})
	k.keep(err)
}

// class takes what a class of seven handed in about the last card, which has no answer.
func (k *camera) class(c bench.Course, l lesson, dir string) {
	s, err := c.Look(context.Background())
	k.keep(err)
	if err != nil || len(s.Deck.Notes) < 3 {
		return
	}
	var files []string
	put := func(name string, b []byte, err error) {
		k.keep(err)
		files = append(files, filepath.Join(dir, name))
		k.keep(os.WriteFile(files[len(files)-1], b, 0o600))
	}
	last := s.Deck.Notes[len(s.Deck.Notes)-1]
	hash := strings.Repeat("0a", 32)
	for i := range 7 {
		secret := []byte(fmt.Sprint("student ", i))
		answers := class.Answers{Deck: s.Deck.ID, Release: hash, Reporter: class.Reporter(secret, class.AnswersFormat, s.Deck.ID), Answers: []class.Answer{{Note: last.ID, Text: l.answers[i%3/2]}}}
		b, err := answers.Write()
		put(fmt.Sprintf("answers-%d.json", i), b, err)
		report := class.Report{Deck: s.Deck.ID, Release: hash, Reporter: class.Reporter(secret, class.ReportFormat, s.Deck.ID)}
		for n, note := range s.Deck.Notes {
			if note.Kind == decks.Question {
				report.Cards = append(report.Cards, class.Card{ID: decks.NewCardID(note.ID, "f"), Reviews: 5, Lapses: (i + n) % 3, Seconds: 12 + 7*n, Unclear: (i+n)%4 == 0, Wrong: n == 1 && i < 2})
			}
		}
		b, err = report.Write()
		put(fmt.Sprintf("report-%d.json", i), b, err)
	}
	var room *classroom.Screen
	make := func() nav.Screen {
		room = classroom.New(classroom.Options{Course: c, State: s, Nav: k.w.p.Nav, Printer: k.w.p.words, Edit: k.w.system})
		return room
	}
	k.screen("25-class-none", make)
	on(func() { room.Open(files) })
	k.shoot("25b-class-answers")
	on(func() { room.ShowReport() })
	k.shoot("25c-class-report")
}
